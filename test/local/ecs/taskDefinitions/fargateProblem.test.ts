import { describe, expect, it } from 'vitest'
import { awslogs, refusal, role } from './taskDefinitionSupport.ts'

const fargate = { requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc', cpu: '256', memory: '512' }

describe('A task definition for Fargate', () => {
  it('is accepted when it is complete', () => {
    expect(refusal(fargate)).toBe('taken')
    expect(refusal({ ...fargate, cpu: '1 vCPU', memory: '2 GB' })).toBe('taken')
  })

  it.each([
    [{ networkMode: undefined }, 'Fargate only supports network mode ‘awsvpc’.'],
    [{ networkMode: 'bridge' }, 'Fargate only supports network mode ‘awsvpc’.'],
    [{ cpu: undefined }, "Fargate requires that 'cpu' be defined at the task level."],
    [{ memory: undefined }, "Fargate requires that 'memory' be defined at the task level."],
    [{ memory: '4096' }, 'No Fargate configuration exists for given values.'],
  ])('with %j is refused', (change, message) => {
    expect(refusal({ ...fargate, ...change })).toBe(`ClientException: ${message}`)
  })

  it.each([
    ['256', '512 1024 2048', '256 1536 3072'],
    ['512', '1024 2048 3072 4096', '512 1536 5120'],
    ['1024', '2048 3072 8192', '1024 2560 9216'],
    ['2048', '4096 5120 16384', '3072 4608 17408'],
    ['4096', '8192 9216 30720', '7168 8704 31744'],
    ['8192', '16384 20480 61440', '15360 17408 65536'],
    ['16384', '32768 40960 122880', '24576 36864 131072'],
    ['128', '', '512'],
    ['3072', '', '8192'],
    ['32768', '', '122880'],
  ])('with %s CPU units goes with %s MiB and not with %s', (cpu, good, bad) => {
    const taken = (memory: string): boolean => refusal({ ...fargate, cpu, memory }) === 'taken'
    expect(good.split(' ').filter((memory) => memory !== '' && !taken(memory))).toEqual([])
    expect(bad.split(' ').filter(taken)).toEqual([])
  })

  it('waits at most two minutes for a container to stop', () => {
    expect(refusal(fargate, { stopTimeout: 120 })).toBe('taken')
    expect(refusal(fargate, { stopTimeout: 121 })).toBe(
      "ClientException: The startTimeout and stopTimeout of container 'web' must be between 2 and 120 seconds on Fargate.",
    )
    expect(refusal({}, { stopTimeout: 121 })).toBe('taken')
  })

  it.each([
    ['log driver awslogs', { logConfiguration: awslogs }],
    ['ECR images', { image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:v1' }],
  ])('needs an execution role for %s, on EC2 it does not', (what, of) => {
    expect(refusal(fargate, of)).toBe(
      `ClientException: Fargate requires task definition to have execution role ARN to support ${what}.`,
    )
    expect(refusal({ ...fargate, executionRoleArn: role }, of)).toBe('taken')
    expect(refusal({}, of)).toBe('taken')
  })
})
