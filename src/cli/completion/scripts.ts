/** What each shell has to be told once; all of them ask `onedrive-cli complete -- words…` what could come next. */

/** Shells that can be told. */
export type Shell = 'bash' | 'zsh' | 'fish' | 'powershell';

/** The script for a shell's start-up file. */
export const completionScripts: Readonly<Record<Shell, string>> = {
  bash: `# bash completion of onedrive-cli: eval "$(onedrive-cli completion bash)"
_onedrive_cli() {
  local IFS=$'\\n' line quoted words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=()
  while IFS= read -r line; do
    [ "$line" = ':local' ] && { compopt -o default; COMPREPLY=(); return; }
    printf -v quoted '%q' "$line"
    COMPREPLY+=("$quoted")
  done < <(onedrive-cli complete -- "\${words[@]}" 2>/dev/null)
  case "\${COMPREPLY[*]}" in */) compopt -o nospace ;; esac
}
complete -F _onedrive_cli onedrive-cli
`,
  zsh: `#compdef onedrive-cli
# zsh completion of onedrive-cli: eval "$(onedrive-cli completion zsh)"
_onedrive_cli() {
  local -a lines folders others
  lines=("\${(@f)$(onedrive-cli complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ "$lines[1]" == ':local' ]]; then _files; return; fi
  folders=("\${(@M)lines:#*/}")
  others=("\${(@)lines:#*/}")
  (( $#folders )) && compadd -S '' -- "\${folders[@]}"
  (( $#others )) && [[ -n "$others[1]" ]] && compadd -- "\${others[@]}"
}
compdef _onedrive_cli onedrive-cli
`,
  fish: `# fish completion of onedrive-cli: onedrive-cli completion fish | source
function __onedrive_cli
  set -l words (commandline -opc) (commandline -ct)
  set -l lines (onedrive-cli complete -- $words[2..-1] 2>/dev/null)
  if test "$lines[1]" = ':local'
    __fish_complete_path (commandline -ct)
  else
    printf '%s\\n' $lines
  end
end
complete -c onedrive-cli -f -a '(__onedrive_cli)'
`,
  powershell: `# PowerShell completion of onedrive-cli: onedrive-cli completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName onedrive-cli -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($wordToComplete -eq '') { $words += '""' }
  onedrive-cli complete -- @words 2>$null | Where-Object { $_ -ne ':local' } | ForEach-Object {
    $text = if ($_ -match '\\s|[''"$;(){}]') { "'" + $_.Replace("'", "''") + "'" } else { $_ }
    [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
  }
}
`,
};
