// Where the values of a stack stand in its files.
import type { UnvalidatedStack } from './unvalidatedStack.ts'
import { at, type ValidatedNode } from './validatedNode.ts'

type Files = readonly { readonly name: string }[]

/**
 * Finds the place of a service's key, `stack.yml:12:7: services/web/image` of `web` and `image`: of the first of these keys that
 * is written, in the service or in what all services share; else of the service.
 */
export type Where = (service: string, keys: readonly string[]) => string

export function whereIn({ stack, services }: UnvalidatedStack, files: Files): Where {
  return (name, keys) => {
    const service = services.find((one) => one.name === name)
    const found = keys.map((key) => (key.startsWith('vpc/') ? at(stack, key) : inService(key))).find(Boolean)
    return placed(found ?? service?.node ?? stack, files)

    function inService(key: string): ValidatedNode | undefined {
      const [, container = '', rest = ''] = /^containers\/([^/]+)\/(.+)$/.exec(key) ?? []
      if (container === '') return at(service?.node, key)
      return at(service?.containers.find((one) => one.name === container)?.node, rest)
    }
  }
}

function placed({ place, path }: ValidatedNode, files: Files): string {
  const file = files[place.file]?.name ?? 'stack'
  return `${file}:${place.line}:${place.column}${path === '' ? '' : `: ${path}`}`
}
