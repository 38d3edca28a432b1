import { describe, expect, it } from 'vitest'
import { openAws } from '../../src/aws/aws.ts'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { read } from '../../src/definition/read.ts'
import { readStatus } from '../../src/deploy/status/readStatus.ts'
import { statusText } from '../../src/output/look/statusText.ts'
import { web } from './declared.ts'
import { stage } from './support.ts'

const declared = web({ runTasks: [], eventTargets: [] })

/** A deployment that is followed as far as `until`, and its status as data and as text. */
async function seen(deploymentConfiguration: object, until: string, program?: string) {
  const staged = stage(declared)
  staged.call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', deploymentConfiguration })
  await staged.deploy('v2', { until })
  const transport = sdkTransport({
    region: 'us-east-1',
    endpoint: 'http://localhost',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      async handle({ method, path, headers, body }: any) {
        const answer = staged.aws.handle({ method, path, headers, body: new TextDecoder().decode(body) })
        return { response: { statusCode: answer.status, headers: answer.headers, body: Buffer.from(answer.body) } }
      },
    },
  })
  const aws = openAws({ transport, clock: staged.clock })
  const status = await readStatus(aws, [read(declared, 'WebTask').definition], { program })
  const service = status.definitions[0]!.services[0]!
  const text = statusText(status, { color: false, columns: 200 })
  return { ...staged, state: status.state, deployment: service.serviceDeployment!, text }
}

const blueGreen = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 10 }
const pausing = (timeoutConfiguration?: object, lifecycleStages = ['POST_SCALE_UP']) => ({
  ...blueGreen,
  lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages, ...(timeoutConfiguration && { timeoutConfiguration }) }],
})

describe('the status of a paused deployment', () => {
  it('says since when, until when, at which hook, what ECS does then and what to type', async () => {
    const timeout = { timeoutInMinutes: 600, action: 'CONTINUE' }
    const { state, deployment, text, clock } = await seen(pausing(timeout), 'paused', 'tsx web.ts')
    const [paused] = deployment.paused
    expect(state).toBe('inProgress')
    expect(paused).toMatchObject({
      hookId: expect.stringMatching(/^ecs-pause-/),
      lifecycleStage: 'POST_SCALE_UP',
      timeoutAction: 'CONTINUE',
      continueCommand: 'tsx web.ts continue',
      rejectCommand: 'tsx web.ts continue --reject',
    })
    const [since, until] = [Date.parse(paused!.since!), Date.parse(paused!.until!)]
    expect(until - since).toBe(600 * 60_000)
    expect(clock.now() - since).toBeGreaterThanOrEqual(0)
    expect(clock.now() - since).toBeLessThan(30_000)
    const shown = (at: string | undefined): string => `${at!.slice(0, 19)}Z`
    expect(text).toContain(
      `  Paused at POST_SCALE_UP since ${shown(paused!.since)} until ${shown(paused!.until)}, when ECS continues it, hook ${paused!.hookId}\n` +
        '    → to resume it: tsx web.ts continue\n' +
        '    → to roll it back: tsx web.ts continue --reject\n',
    )
  })

  it('of a hook without a time-out is until a day later, when ECS rolls it back', async () => {
    const { deployment, text } = await seen(pausing(), 'paused')
    const [paused] = deployment.paused
    expect(Date.parse(paused!.until!) - Date.parse(paused!.since!)).toBe(24 * 3_600_000)
    expect(text).toContain('when ECS rolls it back')
  })

  it('names the AWS CLI’s commands where there is no program, and they are AWS’s own', async () => {
    const { deployment, call } = await seen(pausing(), 'paused')
    const { continueCommand, rejectCommand } = deployment.paused[0]!
    expect(rejectCommand).toBe(`${continueCommand} --action ROLLBACK`)
    const [, serviceDeploymentArn, hookId] =
      /^aws ecs continue-service-deployment --service-deployment-arn (\S+) --hook-id (\S+)$/.exec(continueCommand)!
    expect(call('ecs', 'ContinueServiceDeployment', { serviceDeploymentArn, hookId })).toEqual({ serviceDeploymentArn })
  })

  it('has nothing paused where nothing is', async () => {
    const { deployment, text } = await seen(blueGreen, 'BAKE_TIME')
    expect(deployment).toMatchObject({ status: 'IN_PROGRESS', paused: [], trafficPercent: undefined })
    expect(text).not.toContain('Paused')
  })
})

describe('the status of a linear deployment', () => {
  it('says how much of the traffic it has', async () => {
    const linear = { strategy: 'LINEAR', linearConfiguration: { stepPercent: 40, stepBakeTimeInMinutes: 60 } }
    const { deployment, text } = await seen(linear, 'PRODUCTION_TRAFFIC_SHIFT')
    expect(deployment).toMatchObject({ lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT', trafficPercent: 40 })
    expect(text).toContain('stage PRODUCTION_TRAFFIC_SHIFT, 40% of the traffic')
  })
})
