// The records of ECR in a region: repositories with their images.

export interface EcrRecords {
  /** By name: manifests by digest, and the digest that each tag stands for now. */
  readonly repositories: Record<string, Repository>
}

export interface Repository {
  readonly createdAt: number
  readonly images: Record<string, { readonly imageManifest: string; readonly imageManifestMediaType: string }>
  readonly tags: Record<string, string>
}
