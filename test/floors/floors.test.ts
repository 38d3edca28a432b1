import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { floors, mostLines } from './floors.ts'
import { violations } from './violations.ts'

const src = new URL('../../src/', import.meta.url)

function house(): Record<string, string> {
  const paths = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
  return Object.fromEntries(paths.map((path) => [path, readFileSync(new URL(path, src), 'utf8')]))
}

describe('the house', () => {
  test('stands as it was drawn', () => {
    expect(violations(house())).toEqual([])
  })

  test('has a file for every place in the drawing', () => {
    const paths = Object.keys(house())
    const empty = floors
      .flat()
      .filter((name) => !paths.some((path) => path.startsWith(name.endsWith('/') ? name : `${name}.ts`)))
    expect(empty).toEqual([])
  })
})

describe('a planted fault is reported by name', () => {
  const faults: [title: string, files: Record<string, string>, sentence: string][] = [
    [
      'an import of a floor above',
      { 'plan.ts': "import { run } from './run.ts'" },
      'plan.ts may not import run: it is on a floor above',
    ],
    [
      'an import of a type from a floor above',
      { 'plan.ts': "import type { Run } from './run.ts'" },
      'plan.ts may not import run: it is on a floor above',
    ],
    [
      'a name passed on from a floor above',
      { 'step.ts': "export { plan } from './plan.ts'" },
      'step.ts may not import plan: it is on a floor above',
    ],
    [
      'everything passed on from a floor above',
      { 'step.ts': "export * from './plan.ts'" },
      'step.ts may not import plan: it is on a floor above',
    ],
    [
      'a dynamic import of a floor above',
      { 'step.ts': "export const late = () => import('./plan.ts')" },
      'step.ts may not import plan: it is on a floor above',
    ],
    [
      'a type taken by typeof import from a floor above',
      { 'step.ts': "export type Plan = typeof import('./plan.ts')" },
      'step.ts may not import plan: it is on a floor above',
    ],
    [
      'a step that imports a step',
      { 'steps/runTask.ts': "import { a } from './updateService.ts'" },
      'steps/runTask.ts may not import steps/updateService: the files of steps/ do not know each other',
    ],
    [
      'a renderer that imports a renderer by a detour',
      { 'renderers/tty.ts': "import type { A } from '../renderers/plain.ts'" },
      'renderers/tty.ts may not import renderers/plain: the files of renderers/ do not know each other',
    ],
    [
      'a local operation that imports one of another service',
      { 'local/operations/ecs/runTask.ts': "import { a } from '../sns/publish.ts'" },
      'local/operations/ecs/runTask.ts may not import local/operations/sns/publish: the files of local/operations/ do not know each other',
    ],
    [
      'the house that imports the local AWS',
      { 'perform.ts': "import type { World } from './local/world.ts'" },
      'perform.ts may not import local/world: the house and the local AWS meet on the wire and share no code',
    ],
    [
      'the local AWS that imports the house',
      { 'local/fault.ts': "import { EcsTaskError } from '../errors.ts'" },
      'local/fault.ts may not import errors: the house and the local AWS meet on the wire and share no code',
    ],
    [
      'the local AWS that imports a package, even for its types',
      { 'local/world.ts': "import type { Task } from '@aws-sdk/client-ecs'" },
      'local/world.ts may not import @aws-sdk/client-ecs: the local AWS needs nothing but Node',
    ],
    [
      'the SDK loaded at the start',
      { 'observe.ts': "import { ECSClient } from '@aws-sdk/client-ecs'" },
      'observe.ts may not import @aws-sdk/client-ecs: lazy.ts requires it when it is needed; `import type` is free',
    ],
    [
      'the SDK loaded by the types in an import that is not one of types',
      { 'observe.ts': "import { type Service } from '@aws-sdk/client-ecs'" },
      'observe.ts may not import @aws-sdk/client-ecs: lazy.ts requires it when it is needed; `import type` is free',
    ],
    [
      'clipanion below the commands',
      { 'run.ts': "import { UsageError } from 'clipanion'" },
      'run.ts may not import clipanion: only command, performCommand, writeCommand, destroyCommand, program, commands/ may; `import type` is free',
    ],
    [
      'a package that nobody chose',
      { 'run.ts': "import chalk from 'chalk'" },
      'run.ts may not import chalk: it is not a package of this project',
    ],
    [
      'a file of the tests',
      { 'run.ts': "import { localAws } from '../test/local/support.ts'" },
      'run.ts may not import ../test/local/support: it is outside of src',
    ],
    [
      'the environment read in the middle of the house',
      { 'aws.ts': 'export const region = process.env.AWS_REGION' },
      'aws.ts may not use process: process is an argument here',
    ],
    [
      'the process as a module',
      { 'aws.ts': "import { env } from 'node:process'\nexport const region = env.AWS_REGION" },
      'aws.ts may not use node:process: process is an argument here',
    ],
    [
      'the process by way of globalThis',
      { 'aws.ts': 'export const region = globalThis.process.env.AWS_REGION' },
      'aws.ts may not use process: process is an argument here',
    ],
    [
      'a line left over from a search for a bug',
      { 'run.ts': "export const run = () => console.log('here')" },
      'run.ts may not use console: console is an argument here',
    ],
    [
      'the time of day',
      { 'run.ts': 'export const now = Date.now' },
      'run.ts may not use Date.now: time is an argument here',
    ],
    [
      'the time of day, another way',
      { 'run.ts': 'export const now = () => new Date()' },
      'run.ts may not use new Date(): time is an argument here',
    ],
    [
      'a timer',
      { 'run.ts': 'export const soon = (f: () => void) => setTimeout(f, 1)' },
      'run.ts may not use setTimeout: timer is an argument here',
    ],
    [
      'a timer in the local AWS, whose time is handed to it too',
      { 'local/world.ts': 'export const soon = (f: () => void) => setTimeout(f, 1)' },
      'local/world.ts may not use setTimeout: timer is an argument here',
    ],
    [
      'a throw of the dice',
      { 'problem.ts': 'export const jitter = () => Math.random()' },
      'problem.ts may not use Math.random: chance is an argument here',
    ],
    [
      'a circle, even one of types',
      { 'local/b.ts': "import type { C } from './c.ts'", 'local/c.ts': "import type { B } from './b.ts'" },
      'local/b.ts → local/c.ts → local/b.ts is a circle',
    ],
    [
      'a file that nobody gave a place',
      { 'attic.ts': '' },
      'attic.ts is on no floor: give it a place in test/floors/floors.ts',
    ],
    ['a drawer for everything', { 'local/utils.ts': '' }, 'local/utils.ts has a name that does not say what is inside'],
    ['a manager', { 'local/taskManager.ts': '' }, 'local/taskManager.ts has a name that does not say what is inside'],
    [
      'a file that grew past its room',
      { 'run.ts': '\n'.repeat(mostLines) + 'export {}' },
      'run.ts has 251 lines, more than 250: what is the second thing in it?',
    ],
  ]

  test.each(faults)('%s', (_title, files, sentence) => {
    expect(violations(files)).toEqual([sentence])
  })
})

describe('what is allowed is not reported', () => {
  const fine: [title: string, files: Record<string, string>][] = [
    ['an import of a floor below', { 'run.ts': "import { plan } from './plan.ts'", 'plan.ts': '' }],
    ['the types of the SDK', { 'plan.ts': "import type { Service } from '@aws-sdk/client-ecs'" }],
    ['the door to the local AWS', { 'lazy.ts': "export const load = () => import('./local/index.ts')" }],
    ['a member that is called process', { 'plan.ts': 'export const of = (a: any) => ({ process: a.process })' }],
    ['a date made from a number', { 'plan.ts': 'export const iso = (now: number) => new Date(now).toISOString()' }],
    ['a word in a comment or a string', { 'plan.ts': "// console.log\nexport const text = 'process.env'" }],
    ['a generated file of any length', { 'names.ts': '// Generated by a script\n' + '\n'.repeat(900) + 'export {}' }],
    ['a command that has a word such as common in it', { 'commands/uncommon.ts': '' }],
  ]

  test.each(fine)('%s', (_title, files) => {
    expect(violations(files)).toEqual([])
  })
})
