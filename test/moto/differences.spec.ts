import {
  DescribeServicesCommand,
  ListServiceDeploymentsCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs'
import { describe, expect, test } from 'vitest'
import { declared, revision } from './declared.ts'
import { useMoto } from './useMoto.ts'

const { moto, deploy, rollback } = useMoto()

const oneOff = { cluster: 'my_cluster', launchType: 'FARGATE', taskDefinition: 'web:1' } as const

// Each is what the tests of deploys work around; once moto does as AWS does, it fails, and the work-around can go.
describe('moto is no AWS in this:', () => {
  test('UpdateService makes no deployment, so no rollout can be waited for', async () => {
    await deploy(declared(), 'v1')
    const described = await moto().ecs.send(new DescribeServicesCommand({ cluster: 'my_cluster', services: ['web'] }))
    expect(described.services).toMatchObject([
      { taskDefinition: revision(2), deployments: [{ taskDefinition: revision(1) }] },
    ])
    expect(described.services![0]!.deployments).toHaveLength(1)
  })

  test('services have no tasks and no events', async () => {
    const { taskArns } = await moto().ecs.send(new ListTasksCommand({ cluster: 'my_cluster', serviceName: 'web' }))
    const described = await moto().ecs.send(new DescribeServicesCommand({ cluster: 'my_cluster', services: ['web'] }))
    expect({ taskArns, events: described.services![0]!.events }).toEqual({ taskArns: [], events: [] })
  })

  test('every container has exited with 0 from its start, so no one-off task can fail', async () => {
    await moto().describeToAdvance(1_000_000)
    const { tasks } = await moto().ecs.send(new RunTaskCommand(oneOff))
    expect(tasks).toMatchObject([{ lastStatus: 'RUNNING', containers: [{ exitCode: 0 }] }])
  })

  test('there is no ListServiceDeployments, so nothing is known of what was deployed successfully', async () => {
    const asked = moto().ecs.send(new ListServiceDeploymentsCommand({ cluster: 'my_cluster', service: 'web' }))
    await expect(asked).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } })
  })

  test('pages are not turned', async () => {
    for (const tag of ['v1', 'v2']) await deploy(declared(), tag)
    const { taskDefinitionArns, nextToken } = await moto().ecs.send(new ListTaskDefinitionsCommand({ maxResults: 1 }))
    expect({ count: taskDefinitionArns!.length, nextToken }).toEqual({ count: 3, nextToken: undefined })
  })

  test('a rollback without --to asks for that history, is answered 500, and changes nothing', async () => {
    await deploy(declared(), 'v1')
    const { outcome, writes } = await rollback(declared())
    expect({ outcome, writes }).toEqual({ outcome: 'refused', writes: [] })
  })

  test('stopped tasks are listed as if they were to run', async () => {
    const { tasks = [] } = await moto().ecs.send(new RunTaskCommand(oneOff))
    const [{ taskArn } = {}] = tasks
    await moto().ecs.send(new StopTaskCommand({ cluster: 'my_cluster', task: taskArn }))
    const { taskArns } = await moto().ecs.send(new ListTasksCommand({ cluster: 'my_cluster' }))
    expect(taskArns).toEqual([taskArn])
  })
})
