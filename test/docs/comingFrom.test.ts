import { describe, expect, it } from 'vitest'
import { commands } from './commands.ts'
import { rows, text } from './pages.ts'

const page = text('docs/coming-from.md')
/** The cells of all tables, with the heading that each is under. */
const told = page
  .split(/^(?=## )/m)
  .slice(1)
  .flatMap((part) => {
    const tool = part.slice(3, part.indexOf('\n'))
    return rows(part).map((cells) => ({ tool, cells }))
  })

/** Whether some command has an option of this name. */
const isOption = (name: string): boolean =>
  ['--help', '--version'].includes(name) || commands.some(({ takes }) => takes(name))

/** The command lines in a cell that are ours: those of the AWS CLI and of what is planned are not. */
const lines = told.flatMap(({ cells: [, here = ''] }) => {
  const present = here.startsWith('Planned') ? (here.split('; today ')[1] ?? '') : here
  return [...present.matchAll(/`((?:ecs-task|tsx web\.ts|-)[^`]*)`/g)].map(([, line = '']) => line)
})

describe('the page for users of other tools', () => {
  it('has a table for each of eight tools', () => {
    expect([...new Set(told.map(({ tool }) => tool))]).toEqual([
      'ecs-task for Python',
      'wercker aws-ecs',
      'ecs-deploy.py',
      'go-awsecs',
      'ecs-compose',
      'ecspresso',
      'AWS Copilot',
      'fabfuel/ecs-deploy',
    ])
    expect(told.length).toBeGreaterThan(180)
  })

  it('has no empty cell', () => {
    expect(told.filter(({ cells }) => cells.length !== 2 || cells.includes(''))).toEqual([])
  })

  it('says for everything how to do it here, why it is not needed, or that it is planned', () => {
    const answers = told.map(({ cells: [, here = ''] }) => here)
    expect(answers.filter((here) => !/^(Planned: |Not needed because )|`[^`]+`/.test(here))).toEqual([])
  })

  it('names only commands that exist', () => {
    const names = commands.map(({ name }) => name)
    const called = lines.flatMap((line) => /^(?:ecs-task|tsx web\.ts) ([a-z].*)/.exec(line)?.[1] ?? [])
    expect(called.length).toBeGreaterThan(80)
    expect(called.filter((call) => !names.some((name) => `${call} `.startsWith(`${name} `)))).toEqual([])
  })

  it('names only options that exist', () => {
    const named = lines.flatMap((line) => line.match(/(?<=^| )--?[a-zA-Z][\w-]*/g) ?? [])
    expect(named).toContain('--make-room')
    expect([...new Set(named)].filter((name) => !isOption(name))).toEqual([])
  })

  it('names each option with a command that has it', () => {
    const wrong = lines.flatMap((line) => {
      const command = commands.find(({ name }) =>
        `${line} `.replace(/^(ecs-task|tsx web\.ts) /, '').startsWith(`${name} `),
      )
      const named = line.match(/(?<= )--?[a-zA-Z][\w-]*/g) ?? []
      return command ? named.filter((name) => !command.takes(name)).map((name) => `${line}: ${name}`) : []
    })
    expect(wrong).toEqual([])
  })
})

it('the options of a group, and their other names, are found', () => {
  for (const name of ['-n', '--service-name', '--no-wait', '--max-definitions', '--no-early-fail', '--profile'])
    expect(isOption(name)).toBe(true)
  expect(isOption('--no-such-option')).toBe(false)
})
