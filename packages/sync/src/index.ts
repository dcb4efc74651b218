/** Two-way sync of a folder and a drive, on a local index of the drive. */
export {};
