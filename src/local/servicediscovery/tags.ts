// What of Cloud Map has tags.
import { cloudMapFault } from './fault.ts'
import type { Region } from '../world/world.ts'

/** Refuses an ARN that is not that of a namespace or a service of Cloud Map. */
export function checkTagged(region: Region, arn: string): void {
  const isNamespace = Object.values(region.namespaces).some(({ namespace }) => namespace.Arn === arn)
  const isService = Object.values(region.cloudMapServices).some(({ service }) => service.Arn === arn)
  if (isNamespace || isService) return
  throw cloudMapFault(
    'ResourceNotFoundException',
    "The operation can't be completed because the resource was not found.",
  )
}
