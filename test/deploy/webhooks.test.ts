// Who is told of a deploy by a webhook: a server on this machine, and deploys to the local AWS.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Declared } from '../../src/definition/definition.ts'
import { read } from '../../src/definition/read.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { notifiers } from '../../src/notify.ts'
import { ofClasses } from '../commands/inProcess.ts'
import { type Receiver, secretPath, startReceiver, waitingClock } from '../output/webhooks/receiver.ts'
import { web } from './declared.ts'
import { ofType, stage } from './support.ts'

let receiver: Receiver
let answer: Parameters<typeof startReceiver>[0]
beforeAll(async () => void (receiver = await startReceiver((turn) => (answer ?? (() => ({ status: 200 })))(turn))))
beforeEach(() => {
  answer = undefined
  receiver.received.length = 0
})
afterAll(() => receiver.close())

const told = (): string[] =>
  receiver.received.map(({ event, exitCode = '', summary }) => `${event} ${exitCode}: ${summary}`)
const plainWeb = (more: Partial<Declared> = {}): Declared =>
  web({ runTasks: [], eventTargets: [], notifications: [receiver.notification()], ...more })
const by = (declared: Declared, clock = waitingClock(), env = {}) => ({
  connect: notifiers([read(declared, 'Task').definition], env, clock),
})
const interrupted = new EcsTaskError('Interrupted', 'Interrupted by SIGINT.', { evidence: { signal: 'SIGINT' } })

describe('a webhook', () => {
  it('is told that a deploy started and that it succeeded, with what each service ran and runs', async () => {
    const { deploy } = stage(plainWeb())
    const { exitCode, summary } = await deploy('v2', { region: 'us-east-1' })
    expect(exitCode).toBe(0)
    expect(receiver.received).toEqual([
      {
        version: 1,
        event: 'started',
        at: expect.any(String),
        command: 'deploy',
        definitions: ['Task'],
        tag: 'v2',
        account: '123456789012',
        region: 'us-east-1',
        endpoint: 'http://localhost',
        summary: 'Deploying v2: Task (local AWS at localhost, account 123456789012, us-east-1)',
        services: [{ cluster: 'my_cluster', service: 'web', from: 'web:1' }],
      },
      expect.objectContaining({
        event: 'succeeded',
        summary,
        outcome: 'succeeded',
        exitCode: 0,
        durationSeconds: expect.any(Number),
        services: [{ cluster: 'my_cluster', service: 'web', from: 'web:1', to: 'web:2' }],
      }),
    ])
    expect(receiver.received[1]).not.toHaveProperty('cause')
    expect(receiver.contentTypes[0]).toBe('application/json; charset=utf-8')
  })

  it('is told by the last line that a deploy failed and was rolled back, and why', async () => {
    const { deploy } = stage(plainWeb())
    const { summary, problem } = await deploy('crash')
    expect(told()).toEqual([expect.stringMatching(/^started/), `failed 1: ${summary}`])
    expect(summary).toBe('Deploy crash of Task failed; everything is as it was.')
    const [, { outcome, cause, services }] = receiver.received
    expect({ outcome, services }).toEqual({
      outcome: 'restored',
      services: [{ cluster: 'my_cluster', service: 'web', from: 'web:1', to: 'web:1' }],
    })
    expect(cause).toEqual({ code: 'DeploymentFailed', what: problem?.what, ...(problem?.why && { why: problem.why }) })
  })

  it('is told of what is left where not everything was put back', async () => {
    const { deploy } = stage(plainWeb())
    const { left } = await deploy('crash', { onFailure: 'leave' })
    expect(receiver.received[1]).toMatchObject({ event: 'failed', outcome: 'halfDone', exitCode: 3, left })
  })

  it('is told that a run was interrupted', async () => {
    const { deploy } = stage(plainWeb())
    const stop = new AbortController()
    await deploy('v2', {
      signal: stop.signal,
      hear: ({ type }) => type === 'service.progressed' && stop.abort(interrupted),
    })
    expect(told()[1]).toBe('failed 130: Deploy v2 of Task was interrupted; everything is as it was.')
  })

  it('is told that a deployment is paused, and how to continue it', async () => {
    const { deploy, call } = stage(plainWeb())
    const lifecycleHooks = [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }]
    const deploymentConfiguration = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0, lifecycleHooks }
    call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', deploymentConfiguration })
    await deploy('v2', { timeout: 120_000, onFailure: 'leave', program: 'tsx web.ts' })
    expect(receiver.received.map(({ event }) => event)).toEqual(['started', 'paused', 'failed'])
    expect(receiver.received[1]).toMatchObject({
      summary: 'my_cluster/web is paused at POST_SCALE_UP.',
      paused: { lifecycleStage: 'POST_SCALE_UP', command: 'tsx web.ts continue' },
      services: [{ cluster: 'my_cluster', service: 'web', from: 'web:1' }],
    })
    expect(receiver.received[2]).toMatchObject({ outcome: 'stillGoing', exitCode: 4 })
  })

  it('is told of a rollback, and nothing by wait', async () => {
    const { deploy, rollback, wait } = stage(plainWeb())
    await deploy('v2')
    await deploy('v3')
    receiver.received.length = 0
    await rollback()
    await wait()
    expect(receiver.received.map(({ command, event }) => `${command} ${event}`)).toEqual([
      'rollback started',
      'rollback succeeded',
    ])
  })

  it('is told nothing by a dry run, nor of what was refused before its first step', async () => {
    const { deploy } = stage(plainWeb())
    expect((await deploy('v2', { dryRun: true })).exitCode).toBe(0)
    expect((await deploy('not a tag')).exitCode).toBe(2)
    const stop = new AbortController()
    stop.abort(interrupted)
    expect((await deploy('v2', { signal: stop.signal })).exitCode).toBe(130)
    expect(receiver.received).toEqual([])
  })

  it('is told that it failed where AWS refuses the first write', async () => {
    const { deploy } = stage(plainWeb(), {
      meddle: ({ operation }) =>
        operation === 'RegisterTaskDefinition'
          ? { status: 400, body: { __type: 'ClientException', message: 'Too many.' } }
          : undefined,
    })
    await deploy('v2')
    expect(told()[1]).toBe('failed 2: Deploy v2 of Task changed nothing.')
  })

  it('is told only what it is to be told', async () => {
    const { deploy } = stage(plainWeb({ notifications: [receiver.notification({ events: ['failed'] })] }))
    await deploy('v2')
    expect(receiver.received).toEqual([])
    await deploy('crash')
    expect(receiver.received).toMatchObject([{ event: 'failed' }])
  })

  it('gets one message for several classes that name it', async () => {
    const other = plainWeb({
      taskDefinition: {
        family: 'api',
        containerDefinitions: [{ name: 'api', image: 'my_image:<image_tag>', memory: 512 }],
      },
      updateServices: [{ cluster: 'my_cluster', service: 'api' }],
      notifications: [receiver.notification({ events: ['started'] })],
    })
    const { deploy } = stage([plainWeb({ notifications: [receiver.notification({ events: ['succeeded'] })] }), other])
    await deploy('v2')
    expect(receiver.received).toMatchObject([
      { event: 'started', definitions: ['Task', 'Task1'] },
      { event: 'succeeded', services: [{ service: 'web' }, { service: 'api' }] },
    ])
  })

  it('of Slack shows what others have written as text', async () => {
    const { deploy } = stage(plainWeb({ notifications: [receiver.notification({ format: 'slack' })] }), {
      meddle: ({ operation }) =>
        operation === 'UpdateService'
          ? {
              status: 400,
              body: { __type: 'ClientException', message: '<!channel> @here <https://evil.example|A> & B' },
            }
          : undefined,
    })
    const { summary } = await deploy('v2')
    const [, { text, blocks }] = receiver.received
    expect(text).toMatch(new RegExp(`^✗ ${summary} \\(`))
    expect(blocks).toHaveLength(1)
    expect(blocks[0].text.type).toBe('plain_text')
    expect(blocks[0].text.text).toContain('&lt;!channel&gt; @\u200bhere &lt;https://evil.example|A&gt; &amp; B')
  })

  it('is told the page of the CI job', async () => {
    const declared = plainWeb()
    const env = { GITLAB_CI: 'true', CI_JOB_URL: 'https://ci.example.com/jobs/7' }
    await stage(declared).deploy('v2', by(declared, waitingClock(), env))
    expect(receiver.received).toMatchObject([{ run: env.CI_JOB_URL }, { run: env.CI_JOB_URL }])
  })

  it('that is elsewhere is told nothing with --local; one on this machine is', async () => {
    const elsewhere = { webhook: 'https://hooks.example.invalid/x' }
    const declared = plainWeb({ notifications: [receiver.notification(), elsewhere] })
    const { events } = await stage(declared).deploy('v2', { ...by(declared), local: [] })
    expect(receiver.received).toMatchObject([{ local: true }, { event: 'succeeded' }])
    expect(ofType(events, 'warning.raised')).toEqual([])
  })
})

describe('a webhook that fails', () => {
  it('is asked again after 500, and later each time', async () => {
    const waits: number[] = []
    answer = (turn) => ({ status: turn < 3 ? 500 : 200 })
    const declared = plainWeb({ notifications: [receiver.notification({ events: ['succeeded'] })] })
    const { events } = await stage(declared).deploy('v2', by(declared, waitingClock(waits)))
    expect([receiver.received.length, waits]).toEqual([3, [1_000, 4_000]])
    expect(ofType(events, 'warning.raised')).toEqual([])
  })

  it('is left alone for as long as it asks for with 429', async () => {
    const waits: number[] = []
    answer = (turn) => (turn === 1 ? { status: 429, headers: { 'retry-after': '7' } } : { status: 200 })
    const declared = plainWeb({ notifications: [receiver.notification({ events: ['succeeded'] })] })
    await stage(declared).deploy('v2', by(declared, waitingClock(waits)))
    expect([receiver.received.length, waits]).toEqual([2, [7_000]])
  })

  it.each([
    ['refuses', 403, /^HTTP 403$/, false],
    ['always fails', 503, /^HTTP 503$/, false],
    ['does not answer', undefined, /^no answer within 10 s/, true],
  ] as const)(
    'because it %s changes nothing but for one warning, which names its host alone',
    async (_, status, why, isLate) => {
      answer = () => (status === undefined ? undefined : { status })
      const declared = plainWeb()
      const { deploy, runs } = stage(declared)
      const result = await deploy('v2', by(declared, waitingClock([], isLate)))
      expect([result.exitCode, runs('my_cluster/web')]).toEqual([0, 'web:2'])
      const warnings = ofType(result.events, 'warning.raised').map(({ text }) => text)
      expect(warnings).toEqual([expect.stringContaining(`did not reach ${receiver.host}: `)])
      expect(warnings[0]!.split(': ')[1]).toMatch(why)
      expect(JSON.stringify([result, result.events])).not.toMatch(/services\/T024|hq3XvWc81/)
    },
  )

  it('because nobody is there changes nothing either', async () => {
    const gone = await startReceiver()
    await gone.close()
    const declared = plainWeb({ notifications: [gone.notification({ format: 'slack' })] })
    const { exitCode, events } = await stage(declared).deploy('v2', by(declared))
    expect(exitCode).toBe(0)
    expect(ofType(events, 'warning.raised').map(({ text }) => text)).toEqual([
      `A notification (started) did not reach ${gone.host}: ECONNREFUSED`,
    ])
  })
})

describe('the URL of a webhook', () => {
  const parts = [secretPath, ...secretPath.split('/').slice(2)]

  it('is shown nowhere, also where AWS or a container says it', async () => {
    const url = receiver.notification().webhook
    const containerDefinitions = [
      {
        name: 'web',
        image: 'my_image:<image_tag>',
        memory: 512,
        environment: [{ name: 'WHERE', value: url }],
        command: ['post', url],
      },
    ]
    const declared = plainWeb({ taskDefinition: { family: 'web', containerDefinitions } })
    const meddle = ({ operation }: { operation: string }) =>
      operation === 'UpdateService'
        ? { status: 400, body: { __type: 'ClientException', message: `No ${url}` } }
        : undefined
    const staged = stage(declared, { meddle })
    const { requests: looks, ...dry } = await staged.deploy('v2', { dryRun: true })
    const { requests, writes, ...result } = await staged.deploy('v2', by(declared))
    expect([result.exitCode, looks.length > 0, requests.length > writes.length]).toEqual([1, true, true])
    const said = JSON.stringify([{ ...dry, writes: [] }, result, receiver.received])
    expect(parts.filter((part) => said.includes(part))).toEqual([])
    expect(said).toContain('my_cluster')
  })

  it('is no part of what debug and verify print', async () => {
    const run = ofClasses({ Web: plainWeb() })
    for (const words of [['debug'], ['verify', 'v1', '--offline']]) {
      const { stdout, stderr } = await run(words)
      expect(stdout).not.toBe('')
      expect(parts.filter((part) => (stdout + stderr).includes(part))).toEqual([])
    }
  })
})
