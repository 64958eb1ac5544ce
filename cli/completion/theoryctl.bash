# Completion of theoryctl, localctl and modalctl for Bash. To have it in every shell:
#   theoryctl completions bash > ~/.local/share/bash-completion/completions/theoryctl
# and beside it `ln -s theoryctl localctl`, the same for modalctl, or `source` the file in ~/.bashrc.

_theoryctl() {
  local line=${COMP_LINE:0:COMP_POINT} word i
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
  local current=${words[${#words[@]}-1]}
  unset "words[${#words[@]}-1]"
  current=${current%"${COMP_LINE:COMP_POINT}"}
  # Only what stands behind the last break is put in by Bash; an @ belongs to what follows it.
  local head=${current%"${current##*[$COMP_WORDBREAKS]}"}
  head=${head%@}

  local value rest found
  COMPREPLY=()
  while IFS=$'\t' read -r value rest; do
    case $value in
      :file | :folder)
        compopt -o filenames
        local kind=-f base=${current%"$rest"}
        [[ $value == :folder ]] && kind=-d
        while IFS= read -r found; do
          found=$base$found
          COMPREPLY+=("${found#"$head"}")
        done < <(compgen "$kind" -- "$rest")
        ;;
      *) COMPREPLY+=("${value#"$head"}") ;;
    esac
  done < <("${words[0]}" __complete "${words[@]:1}" "$current" 2>/dev/null </dev/null)
}

complete -F _theoryctl theoryctl localctl modalctl
