// The Availability Zones of a region, and their ids.
/** How the zone ids of a region abbreviate the words of its name: `use1-az1` is in us-east-1, `apse2-az1` in ap-southeast-2. */
const abbreviations: Readonly<Record<string, string>> = {
  gov: 'g',
  north: 'n',
  northeast: 'ne',
  east: 'e',
  southeast: 'se',
  south: 's',
  southwest: 'sw',
  west: 'w',
  northwest: 'nw',
  central: 'c',
}

/** The three Availability Zones that every region has here, in order: `us-east-1a`, `us-east-1b`, `us-east-1c`. */
export const availabilityZonesOf = (region: string): string[] => ['a', 'b', 'c'].map((letter) => region + letter)

/** The id of a zone, `use1-az1` for `us-east-1a`. Real accounts have their zones' names mapped to ids in any order. */
export function availabilityZoneId(availabilityZone: string): string {
  const [region, letter] = [availabilityZone.slice(0, -1), availabilityZone.slice(-1)]
  const words = region.split('-').map((word) => (Object.hasOwn(abbreviations, word) ? abbreviations[word] : word))
  return `${words.join('')}-az${letter.charCodeAt(0) - 'a'.charCodeAt(0) + 1}`
}
