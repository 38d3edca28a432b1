// What each shell sources. A script knows no command: it hands the words to ecs-task, and shows what that answers.
import type { shells } from '../options/valueKinds.ts'

const bash = `# ecs-task in bash. In ~/.bashrc: source <(ecs-task completion bash)
_ecs_task() {
  local line=\${COMP_LINE:0:COMP_POINT} blanks word tail skip kind= i
  local -a words=() asked=()
  # bash splits at = and : as well: what stands there without a blank in between is one word.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    blanks=\${line%%[![:space:]]*}
    line=\${line#"$blanks"}
    word=\${COMP_WORDS[i]}
    if ((i == COMP_CWORD)); then word=$line; fi
    line=\${line#"$word"}
    if ((i == 0)) || [[ -n $blanks ]]; then
      words+=("$word")
    else
      words[\${#words[@]} - 1]+=$word
    fi
  done
  for ((i = 1; i < \${#words[@]}; i++)); do asked+=("--word=\${words[i]}"); done
  # It replaces only what stands behind the last of these signs.
  word=\${words[\${#words[@]} - 1]} tail=$word
  if [[ $COMP_WORDBREAKS == *=* ]]; then tail=\${tail##*=}; fi
  if [[ $COMP_WORDBREAKS == *:* ]]; then tail=\${tail##*:}; fi
  skip=\${word%"$tail"}
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -z $kind ]]; then kind=$line; else COMPREPLY+=("\${line#"$skip"}"); fi
  done <<<"$("\${words[0]/#\\~/$HOME}" completion bash "\${asked[@]}" 2>/dev/null </dev/null)"
  # bash completes files where nothing is answered, unless it is told not to; bash 3.2 cannot be told.
  if [[ $kind != files ]]; then compopt +o default +o bashdefault 2>/dev/null; fi
  return 0
}
complete -o bashdefault -o default -F _ecs_task ecs-task
`

const zsh = `#compdef ecs-task
# ecs-task in zsh. In ~/.zshrc, after compinit: source <(ecs-task completion zsh)
_ecs-task() {
  local word name
  local -a asked lines shown
  for word in "\${(@)words[2,CURRENT-1]}"; do asked+=("--word=\${(Q)word}"); done
  asked+=("--word=\${(Q)PREFIX}")
  lines=("\${(@f)$("\${words[1]/#\\~/$HOME}" completion zsh "\${asked[@]}" 2>/dev/null </dev/null)}")
  if [[ $lines[1] == files ]]; then
    if [[ $PREFIX == -*=* ]]; then compset -P '*='; fi
    _files
    return
  fi
  for word in "\${(@)lines[2,-1]}"; do
    name=\${word%%$'\\t'*}
    shown+=("\${name//:/\\\\:}\${word#"$name"}")
  done
  shown=("\${(@)shown/$'\\t'/:}")
  if ((\${#shown})); then _describe ecs-task shown; fi
}
if [[ $funcstack[1] == _ecs-task ]]; then _ecs-task "$@"; else compdef _ecs-task ecs-task; fi
`

const fish = `# ecs-task in fish. In ~/.config/fish/config.fish: ecs-task completion fish | source
function __ecs_task_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program (string replace -r -- '^~' $HOME $words[1])
    set -e words[1]
    set -l lines ($program completion fish --word=$words "--word=$current" 2>/dev/null </dev/null)
    if test "$lines[1]" = files
        set -l lead (string match -r -- '^-[^=]*=' $current)
        for path in (__fish_complete_path (string replace -r -- '^-[^=]*=' '' $current))
            echo "$lead$path"
        end
    else
        set -e lines[1]
        string join -- \\n $lines
    end
end
complete -c ecs-task -f -a '(__ecs_task_complete)'
`

export const scripts: Readonly<Record<(typeof shells)[number], string>> = { bash, zsh, fish }
