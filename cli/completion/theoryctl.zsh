#compdef theoryctl localctl modalctl
# Completion of theoryctl, localctl and modalctl for Zsh. To have it in every shell:
#   mkdir -p ~/.zfunc
#   theoryctl completions zsh > ~/.zfunc/_theoryctl
# and in ~/.zshrc `fpath=(~/.zfunc $fpath)` before compinit, or `source` the file after it.

_theoryctl() {
  local -a lines proposals
  local line value rest head
  lines=("${(@f)$("${words[1]}" __complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
  for line in $lines; do
    value=${line%%$'\t'*}
    rest=${line#*$'\t'}
    case $value in
      :file | :folder)
        # The word may be quoted, what was asked for is not: what goes before is taken off by its =.
        head=${${(Q)PREFIX}%"$rest"}
        [[ -n $head ]] && compset -P ${#head//[^=]} '*='
        if [[ $value == :folder ]]; then _files -/; else _files; fi
        return
        ;;
      *) proposals+=("${value//:/\\:}:$rest") ;;
    esac
  done
  (( $#proposals )) && _describe -V theoryctl proposals
}

if [[ ${funcstack[1]} == _theoryctl ]]; then
  _theoryctl "$@"
else
  compdef _theoryctl theoryctl localctl modalctl
fi
