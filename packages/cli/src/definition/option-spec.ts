/** The definition of one option of a command. */

/** A flag (no `value`) or an option with a value. */
export interface OptionSpec {
  /** Long name without dashes, and the key in `options`: `no-overwrite`. */
  readonly name: string;
  /** One letter. After the command's name it takes precedence over a global one (0 1 c e i k p q v V y); h is reserved. */
  readonly short?: string;
  /** The placeholder of the value in the help: `RANGE`. Default: the option is a flag. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** The option may be repeated: the value is a list, empty if the option is not given. */
  readonly repeat?: true;
  /** Earlier spellings with dashes (`--newer`, `-s`): they work, and no help or completion shows them. */
  readonly formerly?: readonly string[];
  readonly description: string;
}
