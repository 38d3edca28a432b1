/** What a container has mounted; without `host`, a volume of the task's own. */
export interface Volume {
  readonly name: string
  readonly host: string | undefined
  readonly container: string
  readonly readOnly: boolean
}

/** Reads a text of the form `volume` in `forms.ts`. */
export function parseVolume(text: string): Volume {
  const [name = '', ...rest] = text.split(':')
  const paths = rest.filter((part) => part.startsWith('/'))
  const [container = '', host] = paths.toReversed()
  return { name, host, container, readOnly: rest.at(-1) === 'ro' }
}

/** Writes it again. */
export function volumeText({ name, host, container, readOnly }: Volume): string {
  return [name, ...(host === undefined ? [] : [host]), container, ...(readOnly ? ['ro'] : [])].join(':')
}
