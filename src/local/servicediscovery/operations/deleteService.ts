// Deletes a service without instances. https://docs.aws.amazon.com/cloud-map/latest/api/API_DeleteService.html
import type { DeleteServiceRequest } from '@aws-sdk/client-servicediscovery'
import { isUnderWay } from '../operation.ts'
import { findService } from '../service.ts'
import { cloudMapFault } from '../fault.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const deleteService: Operation<DeleteServiceRequest, Nothing> = ({ Id }, { region }): Nothing => {
  const { service, instances } = findService(region, Id)
  const isAwaited = Object.values(region.cloudMapOperations).some((record) => {
    const { Type, Targets } = record.operation
    return isUnderWay(record) && Type === 'REGISTER_INSTANCE' && Targets.SERVICE === service.Id
  })
  if (instances.length > 0 || isAwaited) {
    const message = 'Service contains registered instances; delete the instances before deleting the service'
    throw cloudMapFault('ResourceInUse', message)
  }
  delete region.cloudMapServices[service.Id]
  delete region.tags[service.Arn]
  return {}
}
