/**
 * The completion scripts. Each calls `onedrive-cli complete -- words…` for the candidates, passes the words without their
 * quotes, and quotes the candidates for its shell.
 */

/** The supported shells. */
export type Shell = 'bash' | 'zsh' | 'fish' | 'powershell';

/** The script for a shell's start-up file. */
export const completionScripts: Readonly<Record<Shell, string>> = {
  // bash passes raw text ($2 is the part that it will replace) and splits it at = and @, so the line is parsed here.
  bash: `# bash completion of onedrive-cli: eval "$(onedrive-cli completion bash)"
_onedrive_cli_read() { # LINE: the words in it without quotes, and the quote that is open at its end
  local text=$1 char at word='' inside=''
  words=() quote=''
  for ((at = 0; at < \${#text}; at++)); do
    char=\${text:at:1}
    case $quote$char in
      \\' | \\") quote=$char inside=1 ;;
      \\'\\' | \\"\\") quote='' ;;
      \\\\ | \\"\\\\)
        at=$((at + 1)) inside=1
        [[ $quote && \${text:at:1} != [\\"\\\\\\$\\\`] ]] && word+=$char
        word+=\${text:at:1}
        ;;
      [[:space:]])
        [[ $inside ]] && words+=("$word")
        word='' inside=''
        ;;
      *) word+=$char inside=1 ;;
    esac
  done
  words+=("$word")
}
_onedrive_cli() {
  local line=\${COMP_LINE:0:COMP_POINT} words quote style known reply rest IFS=$' \\t\\n'
  _onedrive_cli_read "\${line%"$2"}"
  style=$quote known=\${words[\${#words[@]}-1]}
  _onedrive_cli_read "$line"
  COMPREPLY=()
  while IFS= read -r reply; do
    [[ $reply == ':local' ]] && { compopt -o default 2>/dev/null; COMPREPLY=(); return; }
    rest=\${reply:\${#known}}
    case $style in
      \\') rest=\${rest//"'"/"'\\\\''"} ;;
      \\") rest=$(printf '%s' "$rest" | sed 's/[\\\\$\`"]/\\\\&/g') ;;
      *) printf -v rest '%q' "$rest" ;;
    esac
    COMPREPLY+=("$rest")
  done < <(onedrive-cli complete -- "\${words[@]:1}" 2>/dev/null)
  [[ \${COMPREPLY[0]} == */ ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -F _onedrive_cli onedrive-cli
`,
  zsh: `#compdef onedrive-cli
# zsh completion of onedrive-cli: eval "$(onedrive-cli completion zsh)"
_onedrive_cli() {
  local -a before lines folders others same
  before=("\${(@Q)words[2,CURRENT-1]}")
  lines=("\${(@f)$(onedrive-cli complete -- "\${before[@]}" "\${(Q)\${:-$QIPREFIX$PREFIX$compstate[quote]}}" 2>/dev/null)}")
  if [[ "$lines[1]" == ':local' ]]; then _files; return; fi
  folders=("\${(@M)lines:#*/}")
  others=("\${(@)lines:#*/}")
  same=(-M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}')
  (( $#folders )) && compadd $same -S '' -- "\${folders[@]}"
  (( $#others )) && [[ -n "$others[1]" ]] && compadd $same -- "\${others[@]}"
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _onedrive_cli onedrive-cli
`,
  fish: `# fish completion of onedrive-cli: onedrive-cli completion fish | source
function __onedrive_cli
  set -l words (commandline -opc)
  set -l raw (commandline -ct)
  set -l current (string unescape -- "$raw"; or echo $raw)
  set -l lines (onedrive-cli complete -- $words[2..-1] "$current" 2>/dev/null)
  if test "$lines[1]" = ':local'
    __fish_complete_path "$current"
  else
    printf '%s\\n' $lines
  end
end
complete -c onedrive-cli -f -a '(__onedrive_cli)'
`,
  // An empty word is passed as "", because PowerShell before 7.3 drops other empty words. The -- is quoted to get past the
  // .ps1 file that npm installs. PowerShell treats curly quotes as quotes.
  powershell: `# PowerShell completion of onedrive-cli: onedrive-cli completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName onedrive-cli -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
    ForEach-Object { if ($_.PSObject.Properties['Value'] -and $_.Value -is [string]) { $_.Value } else { $_.ToString() } })
  if ($wordToComplete -eq '') { $words += '""' }
  $encoding = [Console]::OutputEncoding
  try {
    [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new()
    $lines = @(onedrive-cli complete '--' @words 2>$null)
  } finally { [Console]::OutputEncoding = $encoding }
  $lines | Where-Object { $_ -ne ':local' } | ForEach-Object {
    $text = if ($_ -match '^[\\w./-][\\w./=+-]*$') { $_ } else { "'" + ($_ -replace '([''\\u2018-\\u201b])', '$1$1') + "'" }
    [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
  }
}
`,
};
