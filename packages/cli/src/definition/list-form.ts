/** The text form of lists: one entry per line, or one line of columns per object. */
export type ListForm = 'lines' | 'rows';
