// A region as an account finds it: empty, but for its default VPC.
import { defaultNetwork } from '../ec2/network.ts'
import { emptyRegion } from '../world/world.ts'
import type { Region } from '../world/world.ts'

export const newRegion = (name: string, account: string): Region => ({
  ...emptyRegion(name, account),
  ...defaultNetwork({ name, account }),
})
