import { describe, expect, it } from 'vitest'
import { sameAws } from '../../src/ground/command.ts'
import { clusterArn, roleArn, web } from './declared.ts'
import { stage } from './support.ts'

const password = 'hunter2222'
const withSecret = JSON.stringify({
  containerOverrides: [{ name: 'web', environment: [{ name: 'DB_PASSWORD', value: password }] }],
})

/** The service and its rule, whose target was put by somebody else with this input. */
function withTarget(input: string) {
  const staging = stage(web({ runTasks: [] }))
  const target = {
    Id: 'web',
    Arn: clusterArn,
    RoleArn: roleArn,
    Input: input,
    EcsParameters: { TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1', TaskCount: 1 },
  }
  staging.call('events', 'PutTargets', { Rule: 'nightly', Targets: [target] })
  return { ...staging, target }
}

/** What a run says of the targets when it has set them, and is then ended and told to leave everything. */
async function leftOfTargets(staging: ReturnType<typeof withTarget>, program?: string): Promise<string | undefined> {
  const stop = new AbortController()
  const { left } = await staging.deploy('v2', {
    program,
    onFailure: 'leave',
    signal: stop.signal,
    hear: (event) => event.type === 'step.finished' && event.kind === 'putTargets' && stop.abort(new Error('enough')),
  })
  return left.find((text) => text.includes('targets of rule nightly'))
}

describe('a printed command', () => {
  it('that holds no secret puts back what was there when it is pasted', async () => {
    const staging = withTarget('{"a":1}')
    const left = await leftOfTargets(staging)
    const [, json = 'null'] = /aws events put-targets --cli-input-json '([^']*)'/.exec(left ?? '') ?? []
    staging.call('events', 'PutTargets', JSON.parse(json))
    expect(staging.targets('nightly')).toEqual([staging.target])
  })

  it.each([
    [{ region: 'eu-west-1', profile: 'shop', local: false }, '--region eu-west-1 --profile shop'],
    [{ region: undefined, profile: undefined, local: true }, '--endpoint-url http://127.0.0.1:4570'],
  ])('is printed as well with options that lead to the same AWS: %o', async (asked, options) => {
    const staging = stage(web({ runTasks: [], eventTargets: [] }))
    const { left } = await staging.deploy('slow-10m', {
      onFailure: 'leave',
      timeout: 60_000,
      sameAws: sameAws(asked),
    })
    expect(left[0]).toContain(`Do it with: aws ecs update-service ${options} --cli-input-json`)
    expect(left[1]).toContain(`Do it with: aws ecs deregister-task-definition ${options} --cli-input-json`)
  })

  it.each([
    ['tsx web_dev.ts', "The AWS CLI's command would contain a secret. Do it with: tsx web_dev.ts rollback"],
    [undefined, 'Do it in the AWS console; a command would contain a secret.'],
  ])('that would hold one is not printed: with the program %s', async (program, instead) => {
    const left = await leftOfTargets(withTarget(withSecret), program)
    expect(left).toBe(`Put the targets of rule nightly back: web: it was left. ${instead}`)
  })

  it.each(['my_cluster', 'us-east-1', '123456789012', 'web-service'])(
    'names what it is about, also where a password is %s',
    async (secret) => {
      const container = {
        name: 'c',
        image: 'i:<image_tag>',
        memory: 512,
        environment: [{ name: 'DB_PASSWORD', value: secret }],
      }
      const { deploy, call } = stage(
        web({
          runTasks: [],
          eventTargets: [],
          updateServices: [{ cluster: 'my_cluster', service: 'my-web-service' }],
          taskDefinition: { family: 'web', containerDefinitions: [container] },
        }),
      )
      const { left, events } = await deploy('slow-10m', { onFailure: 'leave', timeout: 60_000, region: 'us-east-1' })
      expect(left).toEqual([
        `Put service my-web-service back to web:1: it was left. Do it with: aws ecs update-service --cli-input-json '{"cluster":"my_cluster","service":"my-web-service","taskDefinition":"arn:aws:ecs:us-east-1:123456789012:task-definition/web:1"}'`,
        `Deregister the new revision of web: it was left. Do it with: aws ecs deregister-task-definition --cli-input-json '{"taskDefinition":"arn:aws:ecs:us-east-1:123456789012:task-definition/web:2"}'`,
      ])
      expect(JSON.stringify(events)).toContain('{"name":"DB_PASSWORD","value":"•••"}')
      expect(() => call('ecs', 'UpdateService', commandIn(left[0]))).not.toThrow()
    },
  )
})

function commandIn(text: string | undefined): object {
  return JSON.parse(/--cli-input-json '([^']*)'/.exec(text ?? '')?.[1] ?? 'null') as object
}
