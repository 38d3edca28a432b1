// The fenced blocks of a page and the command lines in them: what the tests of the pages, and those of the packed package, run.

/** The blocks of a page: the language that each names, its text without the indentation of its fence, and its line. */
export function blocksOf(markdown) {
  return [...markdown.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)].map(
    ({ 1: indent, 2: language, 3: text, index }) => ({
      language,
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      line: markdown.slice(0, index).split('\n').length,
    }),
  )
}

/** The command lines of a block: those that end with a backslash are joined with the next, comments are left out. */
export function commandLinesOf(text) {
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s+)#.*$/, '').trim())
    .filter((line) => line !== '')
}

/**
 * The command lines of a CI's configuration, of whichever: what stands in `run`, `script`, `command` and `commands`, and what is
 * given to our own action. None of anything else.
 */
export function commandsOfCi(value) {
  if (Array.isArray(value)) return value.flatMap(commandsOfCi)
  if (typeof value !== 'object' || value === null) return []
  const isOurs = String(value.uses).startsWith('ecs-task/ecs-task@')
  return Object.entries(value).flatMap(([key, one]) => {
    if (isOurs && key === 'with')
      return [withTag(`ecs-task ${one.command}${one.report ? ` --report=${one.report}` : ''}`)]
    const texts = ['run', 'script', 'command', 'commands'].includes(key) ? [one].flat() : []
    const lines = texts.filter((text) => typeof text === 'string').flatMap(commandLinesOf)
    return lines.length > 0 ? lines.map(withTag) : commandsOfCi(one)
  })
}

/** A line as the CI hands it on: with the tag, and each `$` that was doubled for the CI single. */
const withTag = (line) => line.replace(/\$\{\{ github\.ref_name \}\}/g, 'v1.2.3').replaceAll('$$', '$')

/** Whether a block shows a command, which a test has to run: it has to name its language, `sh`. */
export const showsCommand = (text) => /^\s*(\$ )?(npx|npm|tsx|node|aws|git|export|curl) /m.test(text)

/** Whether a block is a usage line, as docs/cli.md has one for each command: `ecs-task rollback <FILE>…`. */
export const isUsage = (text) => /^ecs-task [^\n]+\n$/.test(text)
