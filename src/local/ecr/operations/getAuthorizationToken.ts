// Answers what `docker login` takes, for twelve hours; nobody checks it here. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
import type { GetAuthorizationTokenRequest, GetAuthorizationTokenResponse } from '@aws-sdk/client-ecr'
import type { Operation, Wire } from '../../world/operation.ts'
import { registryOf } from '../repository.ts'

const lifetime = 12 * 3600

export const getAuthorizationToken: Operation<GetAuthorizationTokenRequest, GetAuthorizationTokenResponse> = (
  _,
  { region, now, ids },
): Wire<GetAuthorizationTokenResponse> => {
  const authorizationToken = Buffer.from(`AWS:${ids.text(64)}`).toString('base64')
  const expiresAt = now / 1000 + lifetime
  return { authorizationData: [{ authorizationToken, expiresAt, proxyEndpoint: `https://${registryOf(region)}` }] }
}
