import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { startLocalAws } from '../../src/local/index.ts'
import { emptyWorld } from '../../src/local/world/world.ts'

let folder: string
let state: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ecs-task-'))
  state = join(folder, 'local.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const tomorrow = (): number => Date.now() + 86_400_000

test('one call starts a local AWS, which answers under its URL', async () => {
  const aws = await startLocalAws()
  const answer = await fetch(`${aws.url}/_local/world`)
  expect(await answer.json()).toMatchObject({ account: '123456789012', regions: {} })
  await aws.close()
  await expect(fetch(aws.url)).rejects.toThrow()
})

test('its clock starts with the real one', async () => {
  const before = Date.now()
  const aws = await startLocalAws()
  expect(aws.now()).toBeGreaterThanOrEqual(before)
  expect(aws.now()).toBeLessThanOrEqual(Date.now())
  await aws.close()
})

test('its state is there again in the next process', async () => {
  const first = await startLocalAws({ state })
  expect(first.provision({ clusters: ['shop'], topics: ['arn:aws:sns:us-east-1:123456789012:deploys'] })).toHaveLength(
    2,
  )
  const { regions } = JSON.parse(JSON.stringify(first.world))
  await first.close()
  const second = await startLocalAws({ state })
  expect(second.world.regions).toEqual(regions)
  expect(second.provision({ clusters: ['shop'] })).toEqual([])
  await second.close()
})

test('an answered write is on the disk, even when the process is killed', async () => {
  const aws = await startLocalAws({ state })
  const answer = await fetch(aws.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.CreateCluster' },
    body: '{"clusterName":"shop"}',
  })
  await answer.arrayBuffer()
  expect(JSON.parse(readFileSync(state, 'utf8')).regions['us-east-1'].clusters).toHaveProperty('shop')
  await aws.close()
})

test('a state that cannot be saved is told once, breaks no answer, and is saved when it can be again', async () => {
  const warnings: string[] = []
  const aws = await startLocalAws({ state, warn: (line) => warnings.push(line) })
  const create = async (clusterName: string): Promise<number> => {
    const headers = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.CreateCluster' }
    return (await fetch(aws.url, { method: 'POST', headers, body: JSON.stringify({ clusterName }) })).status
  }
  mkdirSync(`${state}.tmp`)
  expect([await create('one'), await create('two')]).toEqual([200, 200])
  expect(warnings).toEqual([expect.stringContaining(`The local AWS cannot save its state to ${state}: EISDIR`)])
  rmSync(`${state}.tmp`, { recursive: true })
  expect(await create('three')).toBe(200)
  expect(Object.keys(JSON.parse(readFileSync(state, 'utf8')).regions['us-east-1'].clusters)).toEqual([
    'one',
    'two',
    'three',
  ])
  mkdirSync(`${state}.tmp`)
  await aws.close()
  expect(warnings).toHaveLength(2)
})

test('a clock that is set back two hours does not stop it', async () => {
  const aws = await startLocalAws({ speed: 1_000 })
  const before = aws.now()
  const set = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 2 * 3_600_000)
  onTestFinished(() => set.mockRestore())
  expect(aws.now()).toBeGreaterThanOrEqual(before)
  await aws.close()
})

test('time continues where a faster clock stopped, and never goes back', async () => {
  const saved = tomorrow()
  writeFileSync(state, JSON.stringify(emptyWorld(saved)))
  const aws = await startLocalAws({ state })
  expect(aws.now()).toBeGreaterThanOrEqual(saved)
  expect(aws.now()).toBeLessThan(saved + 60_000)
  await aws.close()
  expect(JSON.parse(readFileSync(state, 'utf8')).now).toBeGreaterThanOrEqual(saved)
})

test('a state in use is refused, and a port in use releases the state', async () => {
  const other = join(folder, 'other.json')
  const aws = await startLocalAws({ state })
  await expect(startLocalAws({ state })).rejects.toThrow('is in use by process')
  const port = Number(new URL(aws.url).port)
  await expect(startLocalAws({ port, state: other })).rejects.toThrow(`Port ${port} of 127.0.0.1 is in use.`)
  const again = await startLocalAws({ state: other })
  await Promise.all([aws.close(), again.close()])
})

test('its caller is warned of what it does not have', async () => {
  const warnings: string[] = []
  const aws = await startLocalAws({ warn: (line) => warnings.push(line) })
  const answer = await fetch(aws.url, { method: 'POST', headers: { 'x-amz-target': 'AmazonSQS.SendMessage' } })
  expect(answer.status).toBe(400)
  await answer.arrayBuffer()
  expect(warnings).toEqual(['AmazonSQS has no operation SendMessage in the local AWS'])
  await aws.close()
})

test.each([0, -1, Number.NaN, Infinity, 1e300, 1_000_001])('a clock does not run at a speed of %d', async (speed) => {
  await expect(startLocalAws({ speed })).rejects.toThrow('The speed of a clock is a number above 0')
})
