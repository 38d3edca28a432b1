// What somebody passes who writes no TypeScript is refused in one sentence, before anything is sent.
import { expect, it } from 'vitest'
import {
  deployCluster,
  describeCluster,
  destroyCluster,
  diffCluster,
  readInstances,
  refreshInstances,
} from '../../src/index.ts'
import { clusterStage } from './support.ts'

type Act = (options: unknown, settings: object) => Promise<unknown>
const all = { deployCluster, diffCluster, describeCluster, destroyCluster, readInstances, refreshInstances }
const act = (name: string): Act => all[name as keyof typeof all] as Act

const text = 'services:\n  - web:\n      image: web\n      memory: 64\n'
const file = { name: 'a.yml', text }
const noList = 'files is not a list of { name, text }.'
const noEnv = 'env is not an object with the values of variables.'

const missing = Object.keys(all).flatMap((name) =>
  [undefined, {}, { cluster: '' }, { cluster: ' ', group: 'g' }, { cluster: 3 }, { cluster: null }].map(
    (options): [string, unknown, string] => [name, options, 'No cluster given.'],
  ),
)

it.each([
  ...missing,
  ['refreshInstances', { cluster: 'c' }, 'No group given.'],
  ...['deployCluster', 'diffCluster'].flatMap((name) => [
    ...[undefined, 'a.yml', ['a.yml'], [undefined], [{ name: 'a.yml' }], [file, { text }], file, [], [null]].map(
      (files): [string, unknown, string] => [name, { cluster: 'c', files, env: {} }, noList],
    ),
    ...[undefined, null, 'A=b'].map((env): [string, unknown, string] => [
      name,
      { cluster: 'c', files: [file], env },
      noEnv,
    ]),
  ]),
] as [string, unknown, string][])('%s refuses %j', async (name, options, message) => {
  const { transport, clock, sent } = clusterStage()
  await expect(act(name)(options, { transport, clock })).rejects.toMatchObject({
    name: 'EcsTaskError',
    code: 'BadArguments',
    message,
    fix: expect.any(String),
  })
  expect(sent).toEqual([])
})
