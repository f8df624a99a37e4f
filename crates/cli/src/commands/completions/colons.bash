
# Bash ends a word at a colon, and ids such as platform:ID have one.
_NAME_with_colons() {
    local words=() at=$COMP_CWORD cword=0 last=-1 i word
    for i in "${!COMP_WORDS[@]}"; do
        word=${COMP_WORDS[i]}
        if ((last >= 0)) && [[ $COMP_WORDBREAKS == *:* && ($word == :* || ${words[last]} == *:) ]]; then
            words[last]+=$word
        else
            last=$((last + 1))
            words[last]=$word
        fi
        ((i == at)) && cword=$last
    done
    local current=${words[cword]} previous=
    ((cword > 0)) && previous=${words[cword - 1]}
    COMP_WORDS=("${words[@]}")
    COMP_CWORD=$cword
    _NAME "$1" "$current" "$previous"
    # Bash replaces what follows the last colon.
    if [[ $COMP_WORDBREAKS == *:* && $current == *:* ]]; then
        COMPREPLY=("${COMPREPLY[@]#"${current%:*}:"}")
    fi
}
# Bash before 4.4 knows no nosort.
complete -F _NAME_with_colons -o nosort -o bashdefault -o default NAME 2>/dev/null ||
    complete -F _NAME_with_colons -o bashdefault -o default NAME
