// An instance of a service: registered, deregistered, found, and its health.
import type { RegisterInstanceRequest } from '@aws-sdk/client-servicediscovery'
import { findService } from './service.ts'
import { cloudMapFault } from './fault.ts'
import { putInstanceRecordSets, takeInstanceRecordSets } from './instanceRecordSets.ts'
import type { Context, Wire } from '../world/operation.ts'
import type { CloudMapInstance, CloudMapServiceRecord } from '../world/world.ts'
import { copyOf } from '../world/copy.ts'

/** What RegisterInstance says of an instance. */
type Registration = Omit<Wire<RegisterInstanceRequest>, 'ServiceId'>

/** Registers an instance as RegisterInstance has it, or registers it anew; its records are in the zone of the namespace. */
export function registerInstance({ region, global }: Context, serviceId: string, request: Registration): void {
  const record = findService(region, serviceId)
  const { InstanceId, CreatorRequestId, Attributes } = request
  const before = instanceOf(record, InstanceId)
  if (before) takeInstanceRecordSets(region, global, record.service, before)
  const instance = {
    Id: InstanceId,
    CreatorRequestId,
    Attributes: copyOf(Attributes),
    CreatedByAccount: region.account,
  }
  record.instances = [...record.instances.filter((each) => each !== before), instance]
  record.revision += 1
  putInstanceRecordSets(region, global, record.service, instance)
}

/** Takes an instance off, and its records out of the zone; does nothing where there is none. */
export function deregisterInstance({ region, global }: Context, serviceId: string, instanceId: string): void {
  const record = findService(region, serviceId)
  const instance = instanceOf(record, instanceId)
  if (!instance) return
  takeInstanceRecordSets(region, global, record.service, instance)
  record.instances = record.instances.filter((each) => each !== instance)
  record.revision += 1
}

/** The instance of an id; refused when it is not there. */
export function findInstance(record: CloudMapServiceRecord, id: string): CloudMapInstance {
  const found = instanceOf(record, id)
  if (!found) throw cloudMapFault('InstanceNotFound', 'No instance exists with the specified ID.')
  return found
}

const instanceOf = ({ instances }: CloudMapServiceRecord, id: string): CloudMapInstance | undefined =>
  instances.find((each) => each.Id === id)

/** What the custom health check of an instance says; undefined where its service has none. */
export function healthStatusOf(
  { service }: CloudMapServiceRecord,
  { Attributes }: CloudMapInstance,
): 'HEALTHY' | 'UNHEALTHY' | undefined {
  if (!service.HealthCheckCustomConfig) return undefined
  return Attributes['AWS_INIT_HEALTH_STATUS'] === 'UNHEALTHY' ? 'UNHEALTHY' : 'HEALTHY'
}
