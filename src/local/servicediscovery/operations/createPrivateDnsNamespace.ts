// Starts creating a namespace and its private hosted zone.
// https://docs.aws.amazon.com/cloud-map/latest/api/API_CreatePrivateDnsNamespace.html
import type {
  CreatePrivateDnsNamespaceRequest,
  CreatePrivateDnsNamespaceResponse,
} from '@aws-sdk/client-servicediscovery'
import { beginOperation, isUnderWay } from '../operation.ts'
import { normalDomainName } from '../../route53/domainName.ts'
import { cloudMapFault } from '../fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { CloudMapOperationRecord } from '../../world/world.ts'

export const createPrivateDnsNamespace: Operation<
  CreatePrivateDnsNamespaceRequest,
  CreatePrivateDnsNamespaceResponse
> = (input, context): Wire<CreatePrivateDnsNamespaceResponse> => {
  const { region, ids } = context
  const { Name, Vpc } = input
  const normal = normalDomainName(Name)
  if ('problem' in normal)
    throw cloudMapFault('InvalidInput', `The name of the namespace is not valid: ${normal.problem}`)
  if (!/^vpc-\w+$/.test(Vpc)) throw cloudMapFault('InvalidInput', `'${Vpc}' is no VPC ID.`)
  const existing = Object.values(region.namespaces).find(
    ({ namespace, vpc }) => vpc === Vpc && namespace.Name.toLowerCase() === Name.toLowerCase(),
  )
  if (existing) {
    const { Id: NamespaceId, CreatorRequestId } = existing.namespace
    throw cloudMapFault('NamespaceAlreadyExists', 'Namespace already exists.', { NamespaceId, CreatorRequestId })
  }
  // What is under way already for the same namespace is refused as a duplicate, which tells whoever asks again its id.
  const other = Object.values(region.cloudMapOperations).find((record) => {
    const { operation, request } = record
    return operation.Type === 'CREATE_NAMESPACE' && isUnderWay(record) && isFor(request, input)
  })
  const targets = other?.operation.Targets ?? { NAMESPACE: `ns-${ids.hex(16)}` }
  return { OperationId: beginOperation(context, 'CREATE_NAMESPACE', targets, input) }
}

/** Whether another request asks for the namespace of the same name in the same VPC. */
const isFor = (other: CloudMapOperationRecord['request'], { Name, Vpc }: Wire<CreatePrivateDnsNamespaceRequest>) =>
  'Vpc' in other && other.Name === Name && other.Vpc === Vpc
