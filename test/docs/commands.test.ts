import { describe, expect, it } from 'vitest'
import { commands } from './commands.ts'
import { rows, text } from './pages.ts'

const table = rows(text('README.md'))
const byName = commands.map((command) => [command.name, command] as const)
const ofClass = commands.filter(({ isOfClass }) => isOfClass).map(({ name }) => name)

/** The README's rows about options: each with the commands that it is said to be of, and the value that is shown. */
const told = table.flatMap(([options = '', of = '', what]) =>
  what === undefined
    ? []
    : [...options.matchAll(/`(--[\w-]+)(?: ([^`]+))?`/g)].map(([, name = '', value]) => ({
        name,
        value,
        of: of === 'all of a class' ? ofClass : of.split(', '),
      })),
)

describe("the README's tables of commands and options", () => {
  it('has every command, and no other', () => {
    const named = table.flatMap(
      ([command = '']) => /^`(?:tsx \S+|ecs-task) ([a-z]+(?: [a-z]+)*)/.exec(command)?.[1] ?? [],
    )
    expect(named.toSorted()).toEqual(commands.map(({ name }) => name).toSorted())
  })

  it.each(byName)('has every option of %s, and no other', (name, { options }) => {
    const here = told.filter(({ of }) => of.includes(name)).map((option) => option.name)
    expect(here.toSorted()).toEqual(options.map((option) => option.name).toSorted())
  })

  it.each(byName)('shows the value that each option of %s has when it is not given', (name, { options }) => {
    const declared = options.filter(({ value }) => value !== undefined)
    const shown = declared.map((option) => told.find((one) => one.name === option.name && one.of.includes(name))?.value)
    expect(shown).toEqual(declared.map(({ value }) => value))
  })
})

it('a command is of a class where its class is in the list of EcsTask.ts', () => {
  expect(ofClass).toContain('deploy')
  expect(ofClass).not.toContain('local')
})

it('the source is read as clipanion reads it: options of a class above are those of the command too', () => {
  const deploy = commands.find(({ name }) => name === 'deploy')?.options ?? []
  expect(deploy).toContainEqual({ name: '--timeout', value: '15m' })
  expect(deploy).toContainEqual({ name: '--no-wait', value: undefined })
  expect(deploy).toContainEqual({ name: '--region', value: undefined })
})
