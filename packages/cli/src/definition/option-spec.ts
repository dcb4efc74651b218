/** The definition of one option of a command. */

/** A flag (no `value`) or an option with a value. */
export interface OptionSpec {
  /** Long name without dashes, and the key in `options`: `no-overwrite`. */
  readonly name: string;
  /** One letter. One that a global option has too (0 c e i k p q V) is the command's own after its name; not h. */
  readonly short?: string;
  /** The placeholder of the value in the help: `RANGE`. Without it the option is a flag. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** May be given more than once: the value is a list, empty where it is not given. */
  readonly repeat?: true;
  readonly description: string;
}
