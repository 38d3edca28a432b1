import { expect, test } from 'vitest'
import { splitCommand } from '../../src/definition/splitCommand.ts'

test.for<[command: string, words: string[]]>([
  ['./manage.py  migrate\t--noinput', ['./manage.py', 'migrate', '--noinput']],
  [`sh -c "echo a b"`, ['sh', '-c', 'echo a b']],
  [`sh -c 'echo "$HOME" \\n'`, ['sh', '-c', 'echo "$HOME" \\n']],
  [`--name="a b"'c d'`, ['--name=a bc d']],
  [`a\\ b "say \\"hi\\"" "C:\\temp"`, ['a b', 'say "hi"', 'C:\\temp']],
  [`--empty ""`, ['--empty', '']],
  ['', []],
  ['  \n', []],
  ['ends with \\', ['ends', 'with', '\\']],
])('%s is split as a shell does', ([command, words]) => {
  expect(splitCommand(command)).toEqual(words)
})

test.for([`sh -c "echo`, `it's`, `"a\\"`])('a quote that is never closed has no words: %s', (command) => {
  expect(splitCommand(command)).toBeUndefined()
})
