// The names of what is written: of the class, and of its file.

/** `web-api` as the name of a file, in which no name leads elsewhere. */
export function fileName(name: string): string {
  const safe = name.replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '')
  return safe === '' ? 'imported' : safe.slice(0, 100)
}

/** `WebApiTask` of `web-api`: never the name of what the file imports. */
export function className(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
  const joined = words.join('').slice(0, 100).replace(/Task$/, '')
  const start = /^[A-Za-z]/.test(joined) ? joined : `Service${joined}`
  return start === 'Ecs' ? 'EcsServiceTask' : `${start}Task`
}
