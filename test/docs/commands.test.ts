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
    const shownOf = (option: string) => told.find((one) => one.name === option && one.of.includes(name))?.value
    const wrong = options.filter((option) => option.hasDefault && !option.isDefault(shownOf(option.name)))
    expect(wrong.map((option) => `${option.name} ${shownOf(option.name)}`)).toEqual([])
  })
})

it('a command belongs to classes when it is in the list of EcsTask.ts', () => {
  expect(ofClass).toContain('deploy')
  expect(ofClass).not.toContain('local')
})

it('an option is found by its name, also in a group, with its default', () => {
  const deploy = commands.find(({ name }) => name === 'deploy')?.options ?? []
  const option = (name: string) => deploy.find((one) => one.name === name)
  expect(option('--timeout')).toMatchObject({ hasDefault: true })
  expect(option('--timeout')?.isDefault('15m')).toBe(true)
  expect(option('--timeout')?.isDefault('16m')).toBe(false)
  expect(option('--no-wait')).toMatchObject({ hasDefault: false })
  expect(option('--region')).toMatchObject({ hasDefault: false })
})
