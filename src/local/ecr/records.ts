// The records of ECR in a region: repositories with their images.

export interface EcrRecords {
  /** By name: manifests by digest, and the digest that each tag stands for now. */
  readonly repositories: Record<string, Repository>
}

export interface Repository {
  readonly createdAt: number
  readonly images: Record<string, Image>
  readonly tags: Record<string, string>
  /** By tag: how often `POST /_local/push` has pushed to it. */
  readonly pushes?: Record<string, number>
}

export interface Image {
  readonly imageManifest: string
  readonly imageManifestMediaType: string
  /** Epoch seconds. */
  readonly pushedAt?: number
}
