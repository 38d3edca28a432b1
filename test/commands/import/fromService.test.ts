import { describe, expect, it } from 'vitest'
import { importService } from '../../../src/commands/import/fromService.ts'
import { shifted } from '../../local/balancedWeb.ts'
import { sampled } from '../../sampled.ts'
import { type Shape, oddTexts, shapes } from './services.ts'
import { changes, evaluated, imported, running } from './support.ts'

const shop = { cluster: 'shop', service: 'web' }
const shape = (name: string): Shape => shapes[name]!

describe('init --from-service writes a class that shows no changes', () => {
  it.each(sampled(Object.entries(shapes), 3))('%s', async (_name, one) => {
    const staged = running(one)
    const { text, tag = 'v9', variables } = await imported(staged.read)
    expect(await changes(staged, text, tag, Object.fromEntries(variables))).toEqual([])
  })

  it.each(['BLUE_GREEN', 'CANARY'])('a %s service, before and after a deploy of it', async (strategy) => {
    const staged = running(shape('a load balancer'))
    const deploymentConfiguration = {
      strategy,
      bakeTimeInMinutes: 5,
      ...(strategy === 'CANARY' && { canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 5 } }),
    }
    const { services } = staged.call('ecs', 'DescribeServices', { cluster: 'shop', services: ['web'] })
    const [balanced] = services[0].loadBalancers
    const loadBalancers = [{ ...shifted(balanced.targetGroupArn)[0], ...balanced }]
    staged.call('ecs', 'UpdateService', { ...shop, deploymentConfiguration, loadBalancers })
    const first = await imported(staged.read)
    expect(await changes(staged, first.text, 'v1.2.3')).toEqual([])
    const image = 'registry.example.com/web:v2'
    const next = {
      ...shape('a load balancer').taskDefinition,
      containerDefinitions: [{ name: 'web', image, portMappings: [{ containerPort: 80 }] }],
    }
    staged.call('ecs', 'RegisterTaskDefinition', next)
    staged.call('ecs', 'UpdateService', { ...shop, taskDefinition: 'web:2' })
    const { text, tag } = await imported(staged.read)
    expect([tag, await changes(staged, text, 'v2')]).toEqual(['v2', []])
  })

  it('one of whose family there are more revisions than a class keeps by default', async () => {
    const staged = running(shape('a container on EC2'))
    const { taskDefinition } = shape('a container on EC2')
    for (let revision = 2; revision <= 12; revision++)
      staged.call('ecs', 'RegisterTaskDefinition', { ...taskDefinition, pidMode: 'task' })
    const { text } = await imported(staged.read)
    expect(text).toContain('  override activeTaskCount = 12\n')
    expect(await changes(staged, text, 'v1.2.3')).toEqual([])
  })
})

describe('a class that init --from-service writes', () => {
  it('reads what looks secret from the environment, and is refused without it', async () => {
    const { text, variables, warnings } = await imported(running(shape('secrets in clear')).read)
    const names = [
      'WEB_COMMAND_2',
      'WEB_DB_PASSWORD',
      'WEB_DATABASE_URL',
      'WEB_DOCKER_LABELS_API_TOKEN',
      'WEB_SPLUNK_TOKEN',
    ]
    expect([...variables.keys()]).toEqual(names)
    for (const secret of variables.values()) expect(text).not.toContain(secret)
    for (const name of names)
      expect([text.includes(`fromEnvironment('${name}')`), warnings.join()]).toEqual([
        true,
        expect.stringContaining(name),
      ])
    expect(warnings.join()).not.toContain('hunter2')
    expect(() => evaluated(text)).toThrow('is not set.')
  })

  it('has the placeholder where the tag that runs stands, and leaves other images', async () => {
    const { text, tag } = await imported(
      running(shape('sidecars: one of the same tag and place, others of their own')).read,
    )
    const images = evaluated(text).taskDefinition.containerDefinitions.map(({ image }) => image)
    const place = '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop'
    expect(tag).toBe('v1.2.3')
    expect(images).toEqual([
      'busybox:1.36',
      `${place}/web:<image_tag>`,
      `${place}/nginx:<image_tag>`,
      'redis:v1.2.3',
      'public.ecr.aws/agent/agent',
    ])
  })

  it.each([
    ['an image pinned by its digest', '// This image is pinned by its digest'],
    ['an image without a tag', '// This image has no tag'],
  ])('says what a deploy does with %s', async (name, comment) => {
    const { text, tag } = await imported(running(shape(name)).read)
    expect([tag, text.includes(comment), text.includes('<image_tag>.')]).toEqual([undefined, true, false])
  })

  it('holds any text, out of which nothing breaks', async () => {
    const { text } = await imported(running(shape('texts of all kinds')).read)
    const [container] = evaluated(text).taskDefinition.containerDefinitions
    expect(container?.environment?.map(({ value }) => value)).toEqual(oddTexts)
    expect(container?.dockerLabels).toEqual(
      shape('texts of all kinds').taskDefinition.containerDefinitions[0].dockerLabels,
    )
    expect(text.split('\n').filter((line) => /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(line))).toEqual([])
  })

  it('declares the rules and schedules that start the task, and nothing that a deploy keeps anyway', async () => {
    const { text } = await imported(running(shape('rules on two buses and schedules that start it')).read)
    const { eventTargets = [], schedules, updateServices } = evaluated(text)
    expect(updateServices).toEqual([shop])
    expect(schedules).toEqual([{ Name: 'hourly' }, { Name: 'weekly' }])
    expect(eventTargets.map(({ Rule, EventBusName }) => [Rule, EventBusName])).toEqual([
      ['nightly', undefined],
      ['order.placed', 'orders'],
    ])
    expect(Object.keys(eventTargets[0]!.Targets[0]!)).toEqual(['Id', 'Arn', 'RoleArn', 'EcsParameters'])
  })

  it('is written without rules and schedules where they may not be read, with a warning', async () => {
    const statement = (Action: string, Effect: string): object => ({ Effect, Action, Resource: '*' })
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [statement('*', 'Allow'), statement('events:*', 'Deny'), statement('scheduler:*', 'Deny')],
    })
    const { text, warnings } = await imported(
      running(shape('rules on two buses and schedules that start it'), policy).read,
    )
    expect(text).not.toContain('eventTargets')
    expect(warnings).toEqual([
      'Rules are not imported: the permission events:ListEventBuses is missing.',
      'Schedules are not imported: the permission scheduler:ListSchedules is missing.',
    ])
  })

  it('of a revision that is INACTIVE is written with a warning', async () => {
    const staged = running(shape('a container on EC2'))
    staged.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:1' })
    expect((await imported(staged.read)).warnings).toEqual(['web:1 is INACTIVE: the next deploy registers it again.'])
  })
})

describe('init --from-service refuses', () => {
  it('a service and a cluster that are not there', async () => {
    const { read } = running(shape('a container on EC2'))
    await expect(importService(read, { cluster: 'shop', service: 'wbe' })).rejects.toMatchObject({ code: 'NotFound' })
    await expect(importService(read, { cluster: 'shp', service: 'web' })).rejects.toMatchObject({ code: 'NotFound' })
  })

  it.each(['CODE_DEPLOY', 'EXTERNAL'])('a service that %s deploys, and says what is not done', async (type) => {
    const staged = running(shape('a container on EC2'))
    staged.service('shop/web')['deploymentController'] = { type }
    await expect(importService(staged.read, shop)).rejects.toMatchObject({
      code: 'BadArguments',
      message: `shop/web can't be imported: service web is deployed by ${type}; only the ECS deployment controller is supported.`,
    })
  })
})
