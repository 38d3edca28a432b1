import { describe, expect, it } from 'vitest'
import { commands } from './commands.ts'
import { rows, section, text } from './pages.ts'

const table = rows(section(text('README.md'), 'Commands'))
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

describe("the README's table of commands", () => {
  it('has every command, and no other', () => {
    const named = table.flatMap(([command = '', , more]) =>
      more === undefined ? (/^`(?:tsx \S+|ecs-task) ([a-z]+(?: [a-z]+)*)/.exec(command)?.[1] ?? command) : [],
    )
    expect(named.toSorted()).toEqual(commands.map(({ name }) => name).toSorted())
  })

  it.each(commands.map((command) => [command.name, command] as const))(
    'has every option of %s, and no other',
    (name, { options }) => {
      const here = told.filter(({ of }) => of.includes(name)).map((option) => option.name)
      expect(here.toSorted()).toEqual(options.map((option) => option.name).toSorted())
    },
  )

  it('shows the value that an option has when it is not given', () => {
    const declared = commands.flatMap(({ options }) => options).filter(({ value }) => value !== undefined)
    const shown = new Map(told.map(({ name, value }) => [name, value]))
    expect(declared.length).toBeGreaterThan(0)
    expect(declared.filter(({ name, value }) => shown.get(name) !== value)).toEqual([])
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
