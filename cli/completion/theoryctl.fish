# Completion of theoryctl, localctl and modalctl for fish. To have it in every shell:
#   theoryctl completions fish > ~/.config/fish/completions/theoryctl.fish
# and the same as localctl.fish and modalctl.fish, or `source` the file in config.fish.

function __theoryctl_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    for line in ($program __complete $words "$current" 2>/dev/null </dev/null)
        set -l parts (string split -m 1 \t -- $line)
        switch $parts[1]
            case :file :folder
                set -l rest $parts[2]
                set -l base (string sub -l (math (string length -- $current) - (string length -- $rest)) -- $current)
                set -l found
                if test $parts[1] = :folder
                    set found (__fish_complete_directories $rest '')
                else
                    set found (__fish_complete_path $rest)
                end
                for path in $found
                    printf '%s%s\n' "$base" $path
                end
            case '*'
                printf '%s\n' $line
        end
    end
end

complete -c theoryctl -f -k -a '(__theoryctl_complete)'
complete -c localctl -f -k -a '(__theoryctl_complete)'
complete -c modalctl -f -k -a '(__theoryctl_complete)'
