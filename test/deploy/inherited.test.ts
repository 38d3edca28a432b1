import type { Service } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { inherited } from '../../src/deploy/inherited.ts'

const network = (subnet: string) => ({ awsvpcConfiguration: { subnets: [subnet], securityGroups: ['sg-1'] } })
const service = (more: Partial<Service> = {}): Service => ({
  serviceName: 'web',
  clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/main',
  launchType: 'FARGATE',
  platformVersion: 'LATEST',
  networkConfiguration: network('subnet-1'),
  ...more,
})
const spot = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]
const awsvpc = { networkMode: 'awsvpc' as const }

describe('a one-off task that does not say where it runs', () => {
  it('takes launch type and network from the service of its cluster', () => {
    expect(inherited({ cluster: 'main', count: 2 }, awsvpc, [service()])).toEqual({
      run: { cluster: 'main', count: 2, launchType: 'FARGATE', networkConfiguration: network('subnet-1') },
      from: 'web',
    })
  })

  it('takes the capacity providers of the service, and then no launch type', () => {
    const { run } = inherited({ cluster: 'main' }, {}, [service({ capacityProviderStrategy: spot })])
    expect(run).toEqual({ cluster: 'main', capacityProviderStrategy: spot })
  })

  it.each<[string, Partial<Service>, string | undefined]>([
    ['1.3.0', {}, '1.3.0'],
    ['1.3.0', { capacityProviderStrategy: spot }, '1.3.0'],
    ['LATEST', {}, undefined],
    ['1.3.0', { launchType: 'EC2' }, undefined],
    ['1.3.0', { capacityProviderStrategy: [{ capacityProvider: 'mine' }] }, undefined],
  ])('takes platform version %s of a service %j as %s', (platformVersion, more, expected) => {
    expect(inherited({ cluster: 'main' }, {}, [service({ ...more, platformVersion })]).run.platformVersion).toBe(
      expected,
    )
  })

  it('takes no network without awsvpc: RunTask would refuse it', () => {
    for (const networkMode of ['bridge', 'host', 'none', undefined] as const) {
      expect(inherited({ cluster: 'main' }, { networkMode }, [service()]).run).not.toHaveProperty(
        'networkConfiguration',
      )
    }
  })

  it('follows the first service of its cluster, given by name, by ARN or not at all', () => {
    const services = [
      service({ serviceName: 'far', clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/other' }),
      service({ serviceName: 'first' }),
      service({ serviceName: 'second', launchType: 'EC2' }),
      service({ serviceName: 'plain', clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/default' }),
    ]
    const from = (cluster?: string) => inherited({ cluster }, awsvpc, services).from
    expect(from('main')).toBe('first')
    expect(from('arn:aws:ecs:us-east-1:123456789012:cluster/main')).toBe('first')
    expect(from('other')).toBe('far')
    expect(from()).toBe('plain')
  })

  it('runs as declared when its cluster has no service', () => {
    const run = { cluster: 'empty' }
    for (const services of [[], [service()], [service({ clusterArn: undefined })]]) {
      expect(inherited(run, awsvpc, services)).toEqual({ run })
    }
  })

  it('runs as declared when the service has nothing to inherit', () => {
    const bare = service({ launchType: undefined, networkConfiguration: undefined })
    expect(inherited({ cluster: 'main' }, awsvpc, [bare])).toEqual({ run: { cluster: 'main' } })
  })
})

describe('what a one-off task declares', () => {
  it.each([{ launchType: 'EC2' as const }, { capacityProviderStrategy: spot }, { capacityProviderStrategy: [] }])(
    'wins over the launch of the service: %j',
    (launch) => {
      const given = service({ capacityProviderStrategy: [{ capacityProvider: 'mine' }], platformVersion: '1.3.0' })
      const run = { cluster: 'main', ...launch }
      expect(inherited(run, {}, [given])).toEqual({ run })
      expect(inherited(run, awsvpc, [given]).run).toEqual({ ...run, networkConfiguration: network('subnet-1') })
    },
  )

  it('wins over its network and its platform version', () => {
    const run = { cluster: 'main', networkConfiguration: network('subnet-9'), platformVersion: '1.4.0' }
    const { run: taken } = inherited(run, awsvpc, [service({ platformVersion: '1.3.0' })])
    expect(taken).toEqual({ ...run, launchType: 'FARGATE' })
  })

  it('is not changed in place', () => {
    const run = Object.freeze({ cluster: 'main' })
    inherited(run, awsvpc, [service()])
    expect(run).toEqual({ cluster: 'main' })
  })
})
