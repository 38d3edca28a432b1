import { describe, expect, test } from 'vitest'
import { localAws, minutes } from '../../support.ts'
import { createWeb, deployWeb, describeWeb, messages, registerWeb } from '../../webService.ts'

const onInstances =
  'was unable to place a task because no container instance met all of its requirements. ' +
  'Reason: No container instance has sufficient memory available. ' +
  'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'
const onFargate =
  'was unable to place a task. Reason: Capacity is unavailable at this time. ' +
  'Please try again later or in a different availability zone.'
const stuck =
  'was unable to stop or start tasks during a deployment because of the service deployment configuration. ' +
  'Update the minimumHealthyPercent or maximumPercent value and try again.'

describe('A deployment for which there is no room', () => {
  test('waits, and says so once in six hours', () => {
    const aws = localAws()
    createWeb(aws)
    const since = aws.now / 1000
    const id = deployWeb(aws, 'no-place')
    aws.advance(minutes(350))
    expect(messages(aws, since)).toEqual([onInstances])
    expect(describeWeb(aws).deployments).toMatchObject([
      { id, rolloutState: 'IN_PROGRESS', runningCount: 0, pendingCount: 0, failedTasks: 0 },
      { status: 'ACTIVE', runningCount: 2 },
    ])
    aws.advance(minutes(20))
    expect(messages(aws, since)).toEqual([onInstances, onInstances])
  })

  test('says so again for the next deployment', () => {
    const aws = localAws()
    createWeb(aws)
    const since = aws.now / 1000
    deployWeb(aws, 'no-place')
    aws.advance(minutes(5))
    deployWeb(aws, 'no-place')
    aws.advance(minutes(5))
    expect(messages(aws, since)).toEqual([onInstances, onInstances])
  })

  test('on Fargate says so in the words of Fargate', () => {
    const aws = localAws()
    const fargate = { networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' }
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'] } }
    createWeb(aws, { launchType: 'FARGATE', definition: fargate, networkConfiguration })
    const since = aws.now / 1000
    aws.call('ecs', 'UpdateService', {
      cluster: 'c',
      service: 'web',
      taskDefinition: registerWeb(aws, 'no-place', fargate),
    })
    aws.advance(minutes(5))
    expect(messages(aws, since)).toEqual([onFargate])
  })
})

test('A deployment that is stuck because of its percentages says so every six hours', () => {
  const aws = localAws()
  const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 100 }
  createWeb(aws, { desiredCount: 1, deploymentConfiguration })
  const since = aws.now / 1000
  deployWeb(aws, 'v2')
  aws.advance(minutes(350))
  expect(messages(aws, since)).toEqual([stuck])
  aws.advance(minutes(20))
  expect(messages(aws, since)).toEqual([stuck, stuck])
})
