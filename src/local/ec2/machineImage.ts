// What the id of an AMI makes of its instances: how long they boot, and how they misbehave.
interface MachineImageBehaviour {
  /** EC2 has no room for an instance of it. */
  readonly noCapacity: boolean
  /** The ECS agent on it never registers. */
  readonly neverJoins: boolean
  /** Milliseconds from its launch until it runs. */
  readonly bootTime: number
}

const usualBootTime = 30_000

/**
 * Misbehaviour is spelled in the AMI's id, as that of containers in their image tag: `ami-no-capacity`,
 * `ami-never-joins`, `ami-slow-30s`, `ami-slow-10m`. Instances of any other AMI run after 30 seconds.
 */
export function machineImageBehaviour(imageId: string): MachineImageBehaviour {
  const [, number, unit] = /^ami-slow-(\d{1,5})([sm])$/.exec(imageId) ?? []
  return {
    noCapacity: imageId === 'ami-no-capacity',
    neverJoins: imageId === 'ami-never-joins',
    bootTime: number === undefined ? usualBootTime : Number(number) * (unit === 'm' ? 60_000 : 1000),
  }
}
