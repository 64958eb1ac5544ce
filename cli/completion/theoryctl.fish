# Completion of theoryctl, localctl and modalctl for fish. To have it in every shell:
#   mkdir -p ~/.config/fish/completions
#   theoryctl completions fish > ~/.config/fish/completions/theoryctl.fish
# and the same as localctl.fish and modalctl.fish, or `source` the file in config.fish.

# Paths as fish itself completes what is typed, so that `~`, $HOME and quotes are understood; the flag and the
# name that stand before the path, each with its =, are taken off for that and put back.
function __theoryctl_paths -a kind typed before
    set -l heads (string repeat -n (count (string match -ra = -- "$before")) '[^=]*=')
    set -l path (string replace -r "^([\"']?)$heads" '$1' -- $typed)
    set -l found (complete -C "'' $path")
    test $kind = :folder; and set found (string match -r '.*/$' -- $found)
    for each in $found
        printf '%s\n' "$before$each"
    end
end

function __theoryctl_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    # The word as the program gets it; a quote may still be open.
    set -l current (string unescape -- $typed; or string unescape -- $typed\"; or string unescape -- $typed\')
    set -l program $words[1]
    set -e words[1]
    for line in ($program __complete $words "$current" 2>/dev/null </dev/null)
        set -l parts (string split -m 1 \t -- $line)
        switch $parts[1]
            case :file :folder
                set -l length (math (string length -- "$current") - (string length -- "$parts[2]"))
                __theoryctl_paths $parts[1] "$typed" (string sub -l $length -- "$current")
            case '*'
                printf '%s\n' $line
        end
    end
end

complete -c theoryctl -f -k -a '(__theoryctl_complete)'
complete -c localctl -f -k -a '(__theoryctl_complete)'
complete -c modalctl -f -k -a '(__theoryctl_complete)'
