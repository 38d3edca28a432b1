import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { registerRevision } from '../../../src/local/ecs/taskDefinitions/taskDefinition.ts'
import { contextOf, localAws, minutes } from '../support.ts'
import { currentServiceDeployment, deployWeb, describeWeb, tasksOf } from '../webService.ts'
import { settledService } from '../../../src/local/provisioning/settledService.ts'

function settled(definition: Unchecked = {}, more: Unchecked = {}) {
  const aws = localAws()
  aws.call('ecs', 'CreateCluster', { clusterName: 'c' })
  const context = contextOf(aws)
  const containerDefinitions = [{ name: 'web', image: 'web:v1', memory: 128 }]
  const { taskDefinition } = registerRevision(context, { family: 'web', containerDefinitions, ...definition })
  settledService(context, { cluster: 'c', service: 'web', taskDefinition, desiredCount: 2, ...more })
  return { aws, taskDefinition }
}

describe('A settled service', () => {
  test('has been running for a while: tasks healthy, deployment completed, steady', () => {
    const { aws, taskDefinition } = settled()
    const service = describeWeb(aws)
    expect(service).toMatchObject({
      status: 'ACTIVE',
      taskDefinition: taskDefinition.taskDefinitionArn,
      desiredCount: 2,
      runningCount: 2,
      pendingCount: 0,
      deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 2 }],
      createdAt: aws.now / 1000 - 1800,
    })
    expect(service.events[0].message).toBe('(service web) has reached a steady state.')
    expect(currentServiceDeployment(aws)).toMatchObject({ status: 'SUCCESSFUL' })
    const tasks = tasksOf(aws, service.deployments[0].id)
    expect(tasks.map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING'])
    for (const { startedAt } of tasks) expect(startedAt).toBeLessThan(aws.now / 1000 - 60)
  })

  test('has nothing left to do', () => {
    const { aws } = settled()
    const before = describeWeb(aws)
    aws.advance(minutes(600))
    expect(describeWeb(aws)).toEqual(before)
  })

  test('rolls back to what it ran when the next revision crashes', () => {
    const { aws, taskDefinition } = settled()
    const [{ id }] = describeWeb(aws).deployments
    deployWeb(aws, 'crash')
    aws.advance(minutes(5))
    expect(describeWeb(aws)).toMatchObject({
      taskDefinition: taskDefinition.taskDefinitionArn,
      deployments: [{ id, status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 2 }],
    })
  })

  test('on Fargate has the network that its tasks need', () => {
    const { aws } = settled({ networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' })
    const service = describeWeb(aws)
    expect(service).toMatchObject({ launchType: 'FARGATE', runningCount: 2 })
    expect(service.networkConfiguration.awsvpcConfiguration.subnets).toHaveLength(1)
  })

  test('takes the settings of CreateService', () => {
    const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 100 }
    const { aws } = settled({}, { deploymentConfiguration, desiredCount: 4 })
    expect(describeWeb(aws)).toMatchObject({ deploymentConfiguration, runningCount: 4 })
  })
})
