import { describe, expect, it } from 'vitest'
import type { ToldEvent } from '../../src/engine/events.ts'
import { everything, fileOf, user } from './stacks.ts'
import { clusterStage, worldOf } from './support.ts'

type Stage = ReturnType<typeof clusterStage>

const whole = fileOf(everything)
const made = await worldOf(whole)
const empty = clusterStage()
empty.given(whole)
const nothing = empty.standing()

function warnings(events: readonly ToldEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'warning.raised' ? event.text : []))
}

/** A service that somebody else has put into the cluster. */
function theirs(stage: Stage, more: object = {}): void {
  stage.call('ecs', 'RegisterTaskDefinition', {
    family: 'theirs',
    networkMode: 'awsvpc',
    containerDefinitions: [{ name: 'theirs', image: 'theirs:v1', memory: 64 }],
  })
  stage.call('ecs', 'CreateService', {
    cluster: 'my-cluster',
    serviceName: 'theirs',
    taskDefinition: 'theirs',
    desiredCount: 1,
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    ...more,
  })
}

describe('cluster destroy', () => {
  it('deletes everything that ecs-task created, and has nothing to do the second time', async () => {
    const stage = clusterStage({ world: made })
    const { result, events } = await stage.destroy()
    expect(result).toMatchObject({
      exitCode: 0,
      left: [],
      summary: 'Deleted what was created for cluster my-cluster.',
    })
    expect(events[0]).toMatchObject({ type: 'run.started', definitions: ['my-cluster'] })
    expect(stage.standing()).toEqual(nothing)
    const second = await stage.destroy()
    expect(second.result).toMatchObject({ exitCode: 0, summary: 'Nothing was created for cluster my-cluster.' })
    expect(second.writes).toEqual([])
  })

  it('leaves a service that ecs-task did not create, and says so', async () => {
    const stage = clusterStage({ world: made })
    theirs(stage)
    const { result, events } = await stage.destroy()
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(warnings(events)).toEqual(['Service theirs was not created by ecs-task and stays, with everything it uses.'])
    expect(stage.left()).toMatchObject({
      services: ['theirs'],
      revisions: ['theirs:1'],
      targetGroups: [],
      discovery: [],
    })
  })

  it('leaves a namespace that others use, and deletes it once they no longer do', async () => {
    const stage = clusterStage({ world: made })
    const [NamespaceId] = Object.keys(stage.region().namespaces)
    const { Service } = stage.call('servicediscovery', 'CreateService', {
      Name: 'theirs',
      NamespaceId,
      DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] },
    })
    expect((await stage.destroy()).result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.left()).toMatchObject({ services: [], namespaces: ['example.sd'], discovery: ['theirs'] })
    stage.call('servicediscovery', 'DeleteService', { Id: Service.Id })
    expect((await stage.destroy()).result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.standing()).toEqual(nothing)
  })

  it('leaves a namespace that ecs-task did not create', async () => {
    const stage = clusterStage()
    const file = fileOf({ user })
    stage.given(file)
    stage.call('servicediscovery', 'CreatePrivateDnsNamespace', { Name: 'example.sd', Vpc: 'vpc-1' })
    await stage.clock.sleep(60_000)
    expect((await stage.deploy([file])).result).toMatchObject({ exitCode: 0 })
    expect(stage.left()['namespaces']).toEqual(['example.sd'])
    expect((await stage.destroy()).result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.left()).toMatchObject({ namespaces: ['example.sd'], discovery: [], services: [] })
  })

  it('finds by its tags what somebody has described otherwise', async () => {
    const stage = clusterStage({ world: made })
    const { namespaces, cloudMapServices } = stage.region()
    for (const { namespace } of Object.values(namespaces))
      Object.assign(namespace, { Description: 'names of the shop' })
    for (const { service } of Object.values(cloudMapServices)) service.Description = 'the users'
    expect(await stage.diff(fileOf(everything))).toEqual([])
    for (const { service } of Object.values(cloudMapServices))
      Object.assign(service.DnsConfig!.DnsRecords[0]!, { TTL: 10 })
    expect(await stage.diff(fileOf(everything))).toEqual([
      'Change discovery service user\n  dns_records: A for 10 s → A for 300 s',
    ])
    const { result, events } = await stage.destroy()
    expect([result, warnings(events)]).toMatchObject([{ exitCode: 0, left: [] }, []])
    expect(stage.left()).toMatchObject({ namespaces: [], discovery: [] })
  })

  it('names what can no longer be told to be ours, and leaves it', async () => {
    const stage = clusterStage({ world: made })
    const { namespaces, cloudMapServices, tags } = stage.region()
    for (const { namespace } of Object.values(namespaces)) {
      Object.assign(namespace, { Description: 'names of the shop' })
      tags[namespace.Arn] = []
    }
    for (const { service } of Object.values(cloudMapServices)) {
      delete service.Description
      tags[service.Arn] = []
    }
    tags[stage.arnOf('targetGroups', 'my-cluster-edge-tg')] = []
    const { result, events } = await stage.destroy()
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(warnings(events)).toEqual([
      'Target group my-cluster-edge-tg has no tag of ecs-task, and stays.',
      'Discovery service user of namespace example.sd has no tag of ecs-task, and stays.',
      'Namespace example.sd has no tag of ecs-task, and stays.',
    ])
    expect(stage.left()).toMatchObject({
      namespaces: ['example.sd'],
      discovery: ['user'],
      targetGroups: ['my-cluster-edge-tg'],
    })
  })

  it('leaves a service whose tags were taken off, with all that it stands on, and then has nothing to do', async () => {
    const stage = clusterStage({ world: made })
    const { services, tags } = stage.region()
    for (const name of ['edge', 'user']) tags[services[`my-cluster/${name}`]!.service.serviceArn] = []
    const { result, events } = await stage.destroy()
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(warnings(events)).toEqual([
      'Service user was not created by ecs-task and stays, with everything it uses.',
      'Service edge was not created by ecs-task and stays, with everything it uses.',
      'Namespace example.sd is used by others and stays.',
    ])
    expect(stage.left()).toMatchObject({
      services: ['user', 'edge'],
      loadBalancers: ['my-cluster-edge-lb'],
      targetGroups: ['my-cluster-edge-tg'],
      listeners: ['443'],
      namespaces: ['example.sd'],
      discovery: ['user'],
    })
    const again = await stage.destroy()
    expect([again.result.summary, again.writes]).toEqual(['Nothing was created for cluster my-cluster.', []])
  })

  it('names a load balancer whose tags were taken off, and leaves it', async () => {
    const stage = clusterStage({ world: made })
    stage.region().tags[stage.arnOf('loadBalancers', 'my-cluster-edge-lb')] = []
    const { result, events } = await stage.destroy()
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(warnings(events)).toEqual(['Load balancer my-cluster-edge-lb has no tag of ecs-task, and stays.'])
    expect(stage.left()).toMatchObject({ loadBalancers: ['my-cluster-edge-lb'], listeners: [] })
  })

  it('leaves a record that points elsewhere by now', async () => {
    const stage = clusterStage({ world: made })
    const ResourceRecordSet = { Name: 'www.example.com', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] }
    const ChangeBatch = { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] }
    stage.call('route53', 'ChangeResourceRecordSets', { HostedZoneId: 'Z1', ChangeBatch })
    expect((await stage.destroy()).result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.left()).toMatchObject({ records: ['www.example.com. A'], listeners: [] })
  })

  it('does not mind that the hosted zone of a record was deleted', async () => {
    const stage = clusterStage({ world: made })
    delete stage.aws.world.global.hostedZones['Z1']
    expect((await stage.destroy()).result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.left()).toMatchObject({ services: [], listeners: [], loadBalancers: [] })
  })

  it('names the listeners of others that AWS deletes with a load balancer', async () => {
    const stage = clusterStage({ world: made })
    const LoadBalancerArn = stage.arnOf('loadBalancers', 'my-cluster-edge-lb')
    const DefaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }]
    stage.call('elbv2', 'CreateListener', { LoadBalancerArn, Protocol: 'HTTP', Port: 81, DefaultActions })
    const { result, events } = await stage.destroy(undefined, { dryRun: true })
    expect(result.exitCode).toBe(0)
    expect(warnings(events)).toEqual([
      'The listener on port 81 of load balancer my-cluster-edge-lb was not created by ecs-task; it is deleted with it.',
    ])
  })

  it('refuses a cluster that does not exist', async () => {
    const { result, writes } = await clusterStage().destroy()
    expect(result).toMatchObject({
      exitCode: 2,
      problem: { code: 'NotFound', what: 'There is no cluster my-cluster.' },
    })
    expect(writes).toEqual([])
  })
})

describe('service destroy', () => {
  it('deletes one service with everything that was created for it, and nothing else', async () => {
    const stage = clusterStage({ world: made })
    const { result } = await stage.destroy('edge')
    expect(result).toMatchObject({
      exitCode: 0,
      left: [],
      summary: 'Deleted what was created for service edge of cluster my-cluster.',
    })
    const { edge, ...others } = everything
    const alone = clusterStage({ world: await worldOf(fileOf(others)) })
    await stage.clock.sleep(600_000)
    await stage.describe()
    const { records, ...stands } = stage.standing()
    const { records: expected, ...rest } = alone.standing()
    expect(stands).toEqual(rest)
    expect(Object.keys(records!).filter((name) => name.includes('www'))).toEqual([])
    expect(await stage.diff(fileOf(others))).toEqual([])
  })

  it('deletes a one-off task', async () => {
    const stage = clusterStage({ world: made })
    expect((await stage.destroy('migrate')).result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.left()['revisions']).not.toContain('my-cluster-migrate:1')
  })

  it.each([
    [
      'refuses a service that ecs-task did not create',
      'theirs',
      'Service theirs was not created by ecs-task, so it stays.',
    ],
    [
      'refuses a service that does not exist, and names those that do',
      'egde',
      'There is no service egde in cluster my-cluster.',
    ],
  ])('%s', async (_title, service, what) => {
    const stage = clusterStage({ world: made })
    theirs(stage)
    const { result, writes } = await stage.destroy(service)
    expect(result).toMatchObject({ exitCode: 2, outcome: 'refused', problem: { what } })
    expect(writes).toEqual([])
  })
})
