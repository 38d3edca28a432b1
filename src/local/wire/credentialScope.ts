import type { Request } from './dialect.ts'

/**
 * Region and service in the credential scope of a Signature Version 4 header. The signature itself is not verified:
 * the local AWS has no secrets to verify it with.
 */
export function credentialScope({ headers }: Request): { region: string; service: string | undefined } {
  const [, region, service] = /Credential=[^/]+\/\d+\/([\w-]+)\/([\w-]+)\//.exec(headers.authorization ?? '') ?? []
  return { region: region ?? 'us-east-1', service }
}
