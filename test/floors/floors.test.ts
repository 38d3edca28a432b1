// The house stands as `rooms.ts` draws it, and each rule finds a fault that is planted for it.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { circles } from './circles.ts'
import { isIn, listed, roomOf, words } from './roomOf.ts'
import { type Rooms, bridge, doors, edges, house, local, packages, typesOnly, untyped } from './rooms.ts'
import { readSource } from './source.ts'
import { violations } from './violations.ts'

const src = new URL('../../src/', import.meta.url)
const sources: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path, readFileSync(new URL(path, src), 'utf8')]),
)
const paths = Object.keys(sources)

describe('the house', () => {
  test('stands as it is drawn', () => {
    expect(violations(sources)).toEqual([])
  })

  test('has a file for every room and every place in the drawing', () => {
    const rooms = [...Object.keys(house), ...Object.keys(local)]
    const places = [doors, ...[...edges, ...untyped].map((edge) => edge.places), ...Object.values(packages)].flatMap(
      words,
    )
    expect([
      ...rooms.filter((room) => !paths.some((path) => roomOf(path) === room)),
      ...[...places, bridge.from, bridge.to].filter((place) => !paths.some((path) => isIn(path, place))),
    ]).toEqual([])
  })

  test('imports every package in the drawing', () => {
    const imported = paths.flatMap((path) => readSource(sources[path] ?? '').imports.map(({ specifier }) => specifier))
    const folders = Object.keys(packages).map((name) => name.replace(/\/?$/, '/'))
    expect(folders.filter((folder) => !imported.some((one) => `${one}/`.startsWith(folder)))).toEqual([])
  })
})

describe('the rooms', () => {
  const graph = (rooms: Rooms): Record<string, readonly string[]> =>
    Object.fromEntries(Object.keys(rooms).map((room) => [room, [...listed(rooms, room), ...listed(typesOnly, room)]]))

  test.each([
    ['the house', house],
    ['the local AWS', local],
  ])('of %s import each other in no circle', (_of, rooms) => {
    expect(circles(graph(rooms))).toEqual([])
  })

  test('that import each other in a circle are reported', () => {
    expect(circles(graph({ aws: 'ground', engine: 'aws', ground: 'engine' }))).toEqual([
      'aws → ground → engine → aws is a circle',
    ])
  })
})

/** Files that say what they are, so that only the planted fault is found. */
const commented = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, code]) => [path, `// What this file is.\n${code}`]))

describe('a planted fault is reported by name', () => {
  const faults: [title: string, files: Record<string, string>, sentence: string][] = [
    [
      'an import of a room above',
      { 'engine/plan.ts': "import { observe } from '../deploy/observe.ts'" },
      'engine/plan.ts may not import deploy/observe.ts: engine may import ground, aws, definition',
    ],
    [
      'an import of a type from a room above',
      { 'engine/plan.ts': "import type { Observed } from '../deploy/observe.ts'" },
      'engine/plan.ts may not import deploy/observe.ts: engine may import ground, aws, definition',
    ],
    [
      'a name passed on from a room above',
      { 'aws/aws.ts': "export { plan } from '../engine/plan.ts'" },
      'aws/aws.ts may not import engine/plan.ts: aws may import ground',
    ],
    [
      'everything passed on from a room above',
      { 'aws/aws.ts': "export * from '../engine/plan.ts'" },
      'aws/aws.ts may not import engine/plan.ts: aws may import ground',
    ],
    [
      'a dynamic import of a room above',
      { 'ground/names.ts': "export const late = () => import('../engine/plan.ts')" },
      'ground/names.ts may not import engine/plan.ts: ground may import no other room',
    ],
    [
      'a type taken by typeof import from a room above',
      { 'aws/aws.ts': "export type Plan = typeof import('../engine/plan.ts')" },
      'aws/aws.ts may not import engine/plan.ts: aws may import ground',
    ],
    [
      'an import of a room beside',
      { 'instances/wanted.ts': "import { live } from '../deploy/live.ts'" },
      'instances/wanted.ts may not import deploy/live.ts: instances may import ground, aws, definition, engine, rollout',
    ],
    [
      'a value where only types may be imported',
      { 'output/statusText.ts': "import { status } from '../deploy/status.ts'" },
      'output/statusText.ts may not import deploy/status.ts: output may import ground, aws, definition, engine, and only types of rollout, deploy/lock, deploy, deploy/verify, deploy/policy, cluster, instances',
    ],
    [
      'a door imported from a room',
      { 'engine/run.ts': "import type { Notify } from '../notify.ts'" },
      'engine/run.ts may not import notify.ts: engine may import ground, aws, definition',
    ],
    [
      'a verb imported by what the verbs have in common',
      { 'commands/program/session.ts': "import { Deploy } from '../deploy.ts'" },
      'commands/program/session.ts may not import commands/deploy.ts: commands/program may import ground, aws, definition, engine, rollout, deploy/lock, deploy, deploy/verify, deploy/policy, cluster, instances, output, commands/import, commands/options, commands/ci',
    ],
    [
      'a step that imports a step',
      { 'deploy/steps/runTask.ts': "import { a } from './updateService.ts'" },
      'deploy/steps/runTask.ts may not import deploy/steps/updateService.ts: files in steps/ do not import each other',
    ],
    [
      'a step that imports a step of another room',
      { 'cluster/steps/createService.ts': "import { a } from '../../deploy/steps/updateService.ts'" },
      'cluster/steps/createService.ts may not import deploy/steps/updateService.ts: files in steps/ do not import each other',
    ],
    [
      'a verb that imports a verb',
      { 'commands/deploy.ts': "import { a } from './rollback.ts'" },
      'commands/deploy.ts may not import commands/rollback.ts: files in commands/ do not import each other',
    ],
    [
      'a rule that imports a rule',
      { 'cluster/file/rules/ports.ts': "import { a } from './kinds.ts'" },
      'cluster/file/rules/ports.ts may not import cluster/file/rules/kinds.ts: files in rules/ do not import each other',
    ],
    [
      'a check of verify that imports a check',
      { 'deploy/verify/checks/roles.ts': "import { a } from './room.ts'" },
      'deploy/verify/checks/roles.ts may not import deploy/verify/checks/room.ts: files in verify/checks/ do not import each other',
    ],
    [
      'a listener that imports a listener by a detour',
      { 'output/listeners/tty.ts': "import type { A } from '../../output/listeners/plain.ts'" },
      'output/listeners/tty.ts may not import output/listeners/plain.ts: files in listeners/ do not import each other',
    ],
    [
      'an operation that imports one of another service',
      { 'local/ecs/operations/runTask.ts': "import { a } from '../../elbv2/operations/addTags.ts'" },
      'local/ecs/operations/runTask.ts may not import local/elbv2/operations/addTags.ts: files in operations/ do not import each other',
    ],
    [
      'the house that imports the local AWS',
      { 'commands/local.ts': "import type { World } from '../local/world/world.ts'" },
      'commands/local.ts may not import local/world/world.ts: the house and local/ share no code',
    ],
    [
      'more of the local AWS than its front, even where it is loaded',
      { [bridge.from]: "import type { World } from '../../local/world/world.ts'" },
      'commands/program/loadLocal.ts may not import local/world/world.ts: the house and local/ share no code',
    ],
    [
      'the local AWS that imports the house',
      { 'local/world/fault.ts': "import { EcsTaskError } from '../../ground/errors.ts'" },
      'local/world/fault.ts may not import ground/errors.ts: the house and local/ share no code',
    ],
    [
      'the world that imports a service',
      { 'local/world/tags.ts': "import { find } from '../ecs/find.ts'" },
      'local/world/tags.ts may not import local/ecs/find.ts: world may import no other room',
    ],
    [
      'records that import a rule of their service',
      { 'local/ecs/records.ts': "import type { Stage } from './rollout/lifecycle.ts'" },
      'local/ecs/records.ts may not import local/ecs/rollout/lifecycle.ts: records.ts belongs to world, which may import no other room',
    ],
    [
      'a service that imports one that AWS does not reach from there',
      { 'local/sns/topic.ts': "import { find } from '../ecs/find.ts'" },
      'local/sns/topic.ts may not import local/ecs/find.ts: sns may import world, wire',
    ],
    [
      'a service that imports the front of the local AWS',
      { 'local/sns/topic.ts': "import { turn } from '../scheduler.ts'" },
      'local/sns/topic.ts may not import local/scheduler.ts: sns may import world, wire',
    ],
    [
      'a package in the local AWS, which needs nothing but Node',
      { 'local/wire/server.ts': "import type { Cli } from 'clipanion'" },
      'local/wire/server.ts may not import clipanion: only commands/ and cli.ts may',
    ],
    [
      'the SDK loaded at the start',
      { 'aws/sdk.ts': "import { ECSClient } from '@aws-sdk/client-ecs'" },
      'aws/sdk.ts may not import @aws-sdk/client-ecs: only aws/ may, with require; `import type` is free',
    ],
    [
      'a large part of Node loaded at the start',
      { 'aws/proxy.ts': "import { Agent } from 'node:https'" },
      'aws/proxy.ts may not import node:https: it takes long to load: `require` it when it is needed',
    ],
    [
      'the SDK loaded by an import of types that is not import type',
      { 'aws/sdk.ts': "import { type Service } from '@aws-sdk/client-ecs'" },
      'aws/sdk.ts may not import @aws-sdk/client-ecs: only aws/ may, with require; `import type` is free',
    ],
    [
      'the SDK required outside of its room',
      { 'deploy/observe.ts': "export const load = () => require('@aws-sdk/client-ecs')" },
      'deploy/observe.ts may not import @aws-sdk/client-ecs: only aws/ may, with require; `import type` is free',
    ],
    [
      'a client of the SDK that is not installed with the package',
      { 'aws/sdk.ts': "import type { S3Client } from '@aws-sdk/client-lambda'" },
      'aws/sdk.ts may not import @aws-sdk/client-lambda: it is not a package of this project',
    ],
    [
      'clipanion below the commands',
      { 'engine/run.ts': "import { UsageError } from 'clipanion'" },
      'engine/run.ts may not import clipanion: only commands/ and cli.ts may; `import type` is free',
    ],
    [
      'the types of such a client outside of the operations',
      { 'local/s3/object.ts': "import type { Target } from '@aws-sdk/client-lambda'" },
      'local/s3/object.ts may not import @aws-sdk/client-lambda: it is not a package of this project',
    ],
    [
      'a part of clipanion below the commands',
      { 'engine/run.ts': "import { Cli } from 'clipanion/lib/advanced'" },
      'engine/run.ts may not import clipanion/lib/advanced: only commands/ and cli.ts may; `import type` is free',
    ],
    [
      'a package that nobody chose',
      { 'output/color.ts': "import chalk from 'chalk'" },
      'output/color.ts may not import chalk: it is not a package of this project',
    ],
    [
      'a file of the tests',
      { 'engine/run.ts': "import { localAws } from '../../test/local/support.ts'" },
      'engine/run.ts may not import ../test/local/support.ts: it is outside of src/',
    ],
    [
      'the environment read in the middle of the house',
      { 'aws/aws.ts': 'export const region = process.env.AWS_REGION' },
      'aws/aws.ts may not use process: only EcsTask.ts and cli.ts and commands/ and aws/proxy.ts and aws/region.ts and output/listeners/tty.ts and local/world/lock.ts may; take it as an argument',
    ],
    [
      'the process as a module',
      { 'aws/aws.ts': "import { env } from 'node:process'\nexport const region = env.AWS_REGION" },
      'aws/aws.ts may not use node:process: only EcsTask.ts and cli.ts and commands/ and aws/proxy.ts and aws/region.ts and output/listeners/tty.ts and local/world/lock.ts may; take it as an argument',
    ],
    [
      'the process by way of globalThis',
      { 'aws/aws.ts': 'export const region = globalThis.process.env.AWS_REGION' },
      'aws/aws.ts may not use process: only EcsTask.ts and cli.ts and commands/ and aws/proxy.ts and aws/region.ts and output/listeners/tty.ts and local/world/lock.ts may; take it as an argument',
    ],
    [
      'a line left over from a search for a bug',
      { 'engine/run.ts': "export const run = () => console.log('here')" },
      'engine/run.ts may not use console: no file may; take it as an argument',
    ],
    [
      'the time of day',
      { 'engine/run.ts': 'export const now = Date.now' },
      'engine/run.ts may not use Date.now: only ground/clock.ts and output/listeners/tty.ts and local/index.ts may; take it as an argument',
    ],
    [
      'the time of day, another way',
      { 'engine/run.ts': 'export const now = () => new Date()' },
      'engine/run.ts may not use new Date(): only ground/clock.ts and output/listeners/tty.ts and local/index.ts may; take it as an argument',
    ],
    [
      'a timer',
      { 'engine/run.ts': 'export const soon = (f: () => void) => setTimeout(f, 1)' },
      'engine/run.ts may not use setTimeout: only ground/clock.ts and output/listeners/tty.ts and local/wire/server.ts may; take it as an argument',
    ],
    [
      'a timer in the local AWS, which is handed its time too',
      { 'local/world/world.ts': 'export const soon = (f: () => void) => setTimeout(f, 1)' },
      'local/world/world.ts may not use setTimeout: only ground/clock.ts and output/listeners/tty.ts and local/wire/server.ts may; take it as an argument',
    ],
    [
      'a throw of the dice',
      { 'engine/problem.ts': 'export const jitter = () => Math.random()' },
      'engine/problem.ts may not use Math.random: only ground/clock.ts may; take it as an argument',
    ],
    [
      'a value forced into a type',
      { 'engine/run.ts': 'export const of = (a: string) => a as unknown as number' },
      'engine/run.ts may not use as unknown as: give the value its type where it is made',
    ],
    [
      'a value forced into a type in the local AWS',
      { 'local/sns/topic.ts': 'export const of = (a: string) => a as unknown as number' },
      'local/sns/topic.ts may not use as unknown as: give the value its type where it is made',
    ],
    [
      'a record that may hold anything',
      { 'local/sns/records.ts': 'export type Topic = Record<string, any>' },
      'local/sns/records.ts may not use the type any: only local/world/wire.ts may; give the value its type where it is made',
    ],
    [
      'input in a service that nobody has checked',
      { 'local/sns/topic.ts': 'export const of = (topic: Unchecked) => topic' },
      'local/sns/topic.ts may not use Unchecked: only local/control.ts and local/provisioning/ and local/wire/ and local/world/ may; give the value its type where it is made',
    ],
    [
      'a circle, even one of types',
      { 'engine/b.ts': "import type { C } from './c.ts'", 'engine/c.ts': "import type { B } from './b.ts'" },
      'engine/b.ts → engine/c.ts → engine/b.ts is a circle',
    ],
    [
      'a circle in the local AWS by way of records',
      {
        'local/ecs/records.ts': "import type { World } from '../world/world.ts'",
        'local/world/world.ts': "import type { Task } from '../ecs/records.ts'",
      },
      'local/ecs/records.ts → local/world/world.ts → local/ecs/records.ts is a circle',
    ],
    [
      'a file at the root that is no door',
      { 'attic.ts': '' },
      'attic.ts is in no room: only EcsTask.ts, cli.ts, index.ts, notify.ts stand at the root of src/',
    ],
    [
      'a folder that is no room',
      { 'attic/box.ts': '' },
      'attic/box.ts is in no room: the rooms of src/ are ground, aws, definition, engine, rollout, deploy/lock, deploy, deploy/verify, deploy/policy, cluster, instances, output, commands/import, commands/options, commands/ci, commands/program, commands/files, commands/look, commands/lock, commands/shell, commands, doors',
    ],
    [
      'a folder of the local AWS that is no service',
      { 'local/attic/box.ts': '' },
      'local/attic/box.ts is in no room: the rooms of local/ are world, wire, ecr, elbv2, eventbridge, iam, logs, route53, s3, secretsmanager, sns, ssm, sts, servicediscovery, ecs, ec2, autoscaling, scheduler, applicationautoscaling, time, provisioning, local',
    ],
    [
      'a drawer for everything',
      { 'local/world/utils.ts': '' },
      'local/world/utils.ts has a name that does not say what is inside',
    ],
    [
      'a manager',
      { 'local/ecs/taskManager.ts': '' },
      'local/ecs/taskManager.ts has a name that does not say what is inside',
    ],
    [
      'a file that is too long',
      { 'engine/run.ts': '\n'.repeat(249) + 'export {}' },
      'engine/run.ts has 251 lines, more than 250: split it',
    ],
    [
      'a folder that is too full',
      Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`output/line${index}.ts`, ''])),
      'output/ has 31 files, more than 30: put up a wall',
    ],
  ]

  test.each(faults)('%s', (_title, files, sentence) => {
    expect(violations(commented(files))).toEqual([sentence])
  })

  test.each([
    ['an import', "import { a } from './plan.ts'\n\n/** Runs a plan to its end. */\nexport const run = a"],
    ['a comment of no more than a word', '// run\nexport {}'],
    ['the line that makes it a program', '#!/usr/bin/env node\nexport {}'],
  ])('a file that opens with %s', (_title, text) => {
    expect(violations({ 'engine/run.ts': text })).toEqual([
      'engine/run.ts does not open with a comment that says what it is',
    ])
  })
})

describe('what is allowed is not reported', () => {
  const fine: [title: string, files: Record<string, string>][] = [
    ['an import of the same room', { 'engine/run.ts': "import { plan } from './plan.ts'", 'engine/plan.ts': '' }],
    ['an import of a room below', { 'deploy/live.ts': "import { run } from '../engine/run.ts'" }],
    [
      'a type where only types may be imported',
      { 'output/a.ts': "import type { S } from '../deploy/status/status.ts'" },
    ],
    ['a door that imports a door', { 'cli.ts': "import { EcsTask } from './EcsTask.ts'" }],
    ['a verb that imports what the verbs share', { 'commands/run.ts': "import { a } from './program/session.ts'" }],
    [
      'the place that loads the local AWS',
      { [bridge.from]: "export const load = () => import('../../local/index.ts')" },
    ],
    [
      'a service that reaches another one',
      { 'local/ecs/tasks/task.ts': "import { a } from '../../elbv2/targetGroup.ts'" },
    ],
    ['the world that holds records', { 'local/world/world.ts': "import type { Task } from '../ecs/tasks/records.ts'" }],
    ['the types of the SDK', { 'engine/plan.ts': "import type { Service } from '@aws-sdk/client-ecs'" }],
    ['the types of the SDK in local/', { 'local/ecs/a.ts': "import type { Service } from '@aws-sdk/client-ecs'" }],
    ['the SDK required in its room', { 'aws/sdk.ts': "export const load = () => require('@aws-sdk/client-ecs')" }],
    ['a package in its room', { 'output/width.ts': "import { eastAsianWidth } from 'get-east-asian-width'" }],
    ['a package bundled with the local AWS', { 'local/wire/a.ts': "import { distance } from 'fastest-levenshtein'" }],
    ['input that is yet to be checked', { 'local/wire/a.ts': 'export const of = (input: Unchecked) => input' }],
    ['a module of Node', { 'engine/run.ts': "import { readFileSync } from 'node:fs'" }],
    ['a member that is called process', { 'engine/plan.ts': 'export const of = (a: any) => ({ process: a.process })' }],
    [
      'a date made from a number',
      { 'engine/plan.ts': 'export const iso = (now: number) => new Date(now).toISOString()' },
    ],
    ['a word in a comment or a string', { 'engine/plan.ts': "// console.log\nexport const text = 'process.env'" }],
    ['a word such as common inside of a name', { 'commands/uncommon.ts': '' }],
    ['many steps', Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`deploy/steps/s${index}.ts`, '']))],
  ]

  test.each(fine)('%s', (_title, files) => {
    expect(violations(commented(files))).toEqual([])
  })

  test.each([
    ['a generated file of any length', '// Generated by a script.\n' + '\n'.repeat(900) + 'export {}'],
    ['a doc comment as its first sentence', '/**\n * Runs a plan to its end.\n */\nexport const run = 1'],
    ['a program that says what it is', '#!/usr/bin/env node\n// The program ecs-task.\nexport {}'],
  ])('%s', (_title, text) => {
    expect(violations({ 'engine/run.ts': text })).toEqual([])
  })
})
