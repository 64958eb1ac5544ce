# Completion of theoryctl, localctl and modalctl for Bash. To have it in every shell:
#   mkdir -p ~/.local/share/bash-completion/completions
#   theoryctl completions bash > ~/.local/share/bash-completion/completions/theoryctl
# and beside it `ln -s theoryctl localctl`, the same for modalctl. That folder is read by the package
# bash-completion; without it, `source` the file in ~/.bashrc.

# A word as a program gets it, in $unquoted, with nothing expanded; $quote is one that is open, before and after.
_theoryctl_unquoted() {
  local text=$1 char
  unquoted=''
  while [[ -n $text ]]; do
    char=${text:0:1}
    text=${text:1}
    case $quote$char in
      \' | \") quote=$char ;;
      \'\' | \"\") quote='' ;;
      \\ | \"\\)
        unquoted+=${text:0:1}
        text=${text:1}
        ;;
      *) unquoted+=$char ;;
    esac
  done
}

_theoryctl() {
  local line=${COMP_LINE:0:COMP_POINT} word i unquoted quote
  local -a words=()
  # Bash breaks words at = : @ too; here they are whole.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $i -gt 0 && -n $line && $line != [[:space:]]* ]]; then
      words[${#words[@]}-1]+=$word
    else
      line=${line#"${line%%[![:space:]]*}"}
      words+=("$word")
    fi
    line=${line#"$word"}
  done
  local last=$((${#words[@]} - 1))
  words[last]=${words[last]%"${COMP_LINE:COMP_POINT}"}
  for i in "${!words[@]}"; do
    quote=''
    _theoryctl_unquoted "${words[i]}"
    words[i]=$unquoted
  done
  # Only what Bash calls the word is replaced: what stands behind the last break or the open quote.
  _theoryctl_unquoted "$2"
  local head=${words[last]%"$unquoted"}

  local value rest found
  COMPREPLY=()
  while IFS=$'\t' read -r value rest; do
    case $value in
      :file | :folder)
        compopt -o filenames
        local kind=-f base=${words[last]%"$rest"}
        [[ $value == :folder ]] && kind=-d
        while IFS= read -r found; do
          found=$base$found
          COMPREPLY+=("${found#"$head"}")
        done < <(compgen "$kind" -- "$rest")
        ;;
      *) COMPREPLY+=("${value#"$head"}") ;;
    esac
  done < <("${words[0]}" __complete "${words[@]:1}" 2>/dev/null </dev/null)
}

complete -F _theoryctl theoryctl localctl modalctl
