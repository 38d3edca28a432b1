/** A port of a container and the one of the host that leads to it; undefined: any free one. */
export interface Port {
  readonly host: number | undefined
  readonly container: number
  readonly protocol: 'tcp' | 'udp'
}

/** Reads a text of the form `port` in `forms.ts`. The host's port 0 stands for any free one, as in Docker. */
export function parsePort(text: string): Port {
  const [ports = '', protocol] = text.split('/')
  const [container = 0, host] = ports.split(':').map(Number).toReversed()
  return { host: host || undefined, container, protocol: protocol === 'udp' ? 'udp' : 'tcp' }
}

/** Writes it again. */
export function portText({ host, container, protocol }: Port): string {
  return `${host === undefined ? '' : `${host}:`}${container}${protocol === 'udp' ? '/udp' : ''}`
}
