import type { Unchecked } from '../../src/local/world/operation.ts'

/** The registry of the account in the local AWS. */
export const ecr = '123456789012.dkr.ecr.us-east-1.amazonaws.com'

interface Caller {
  call(service: string, operation: string, input?: Unchecked): any
}

/** Pushes an image to a repository, which is made where it is not there yet; answers its digest. */
export function push(
  { call }: Caller,
  repositoryName: string,
  content: string,
  imageTag = 'latest',
  manifest: object = {},
): string {
  try {
    call('ecr', 'CreateRepository', { repositoryName })
  } catch (error) {
    if ((error as { code?: string }).code !== 'RepositoryAlreadyExistsException') throw error
  }
  const imageManifest = JSON.stringify({ schemaVersion: 2, content, ...manifest })
  return call('ecr', 'PutImage', { repositoryName, imageManifest, imageTag }).image.imageId.imageDigest
}

/** A digest as warnings show it. */
export function digestWords(digest: string): string {
  return digest.slice(0, 19)
}
