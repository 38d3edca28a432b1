import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLocalAws } from '../../../src/local/localAws.ts'
import type { LocalAws } from '../../../src/local/localAws.ts'
import { startServer } from '../../../src/local/wire/server.ts'
import type { LocalServer } from '../../../src/local/wire/server.ts'
import { localAws, start } from '../support.ts'

const Bucket = 'locks'
const Key = 'shop/größe a.json'

let local: LocalAws
let server: LocalServer
let s3: S3Client
beforeEach(async () => {
  local = createLocalAws({ now: () => start })
  server = await startServer(local, { port: 0 })
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  s3 = new S3Client({ endpoint: server.url, region: 'eu-west-1', maxAttempts: 1, credentials })
  await s3.send(new CreateBucketCommand({ Bucket }))
})
afterEach(async () => {
  s3.destroy()
  await server.close()
})

const put = (Body: string, conditions: { IfMatch?: string; IfNoneMatch?: string } = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...conditions }))
const get = async (): Promise<string> =>
  (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString()
const failed = { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } }

describe('an object', () => {
  it('is written, read and deleted', async () => {
    const Metadata = { owner: 'ci' }
    const { ETag } = await s3.send(
      new PutObjectCommand({ Bucket, Key, Body: '{"größe":1}', ContentType: 'application/json', Metadata }),
    )
    expect(ETag).toMatch(/^"[0-9a-f]{32}"$/)
    const head = { ETag, ContentLength: 13, ContentType: 'application/json', LastModified: new Date(start), Metadata }
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject(head)
    expect(await s3.send(new GetObjectCommand({ Bucket, Key }))).toMatchObject(head)
    expect(await get()).toBe('{"größe":1}')
    await s3.send(new DeleteObjectCommand({ Bucket, Key }))
    await s3.send(new DeleteObjectCommand({ Bucket, Key }))
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } })
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: 'NotFound' })
  })

  it('is a lock: of two that create it one does, and only its owner replaces and deletes it', async () => {
    const { ETag = '' } = await put('mine', { IfNoneMatch: '*' })
    await expect(put('yours', { IfNoneMatch: '*' })).rejects.toMatchObject(failed)
    const { ETag: renewed = '' } = await put('still mine', { IfMatch: ETag })
    await expect(put('yours', { IfMatch: ETag })).rejects.toMatchObject(failed)
    await expect(s3.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: ETag }))).rejects.toMatchObject(failed)
    expect(await get()).toBe('still mine')
    await s3.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: renewed }))
    await expect(put('yours', { IfMatch: renewed })).rejects.toMatchObject({
      name: 'NoSuchKey',
      $metadata: { httpStatusCode: 404 },
    })
    await put('yours', { IfNoneMatch: '*' })
    expect(await get()).toBe('yours')
  })

  it('is read on conditions, too', async () => {
    const { ETag = '' } = await put('x')
    const read = (conditions: object) => s3.send(new GetObjectCommand({ Bucket, Key, ...conditions }))
    await expect(read({ IfMatch: '"other"' })).rejects.toMatchObject(failed)
    await expect(read({ IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } })
    expect(await read({ IfMatch: ETag, IfNoneMatch: '"other"' })).toMatchObject({ ETag })
  })
})

describe('a bucket', () => {
  it('is there for every region, and says in which it is', async () => {
    expect(await s3.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketRegion: 'eu-west-1' })
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'none' }))).rejects.toMatchObject({ name: 'NotFound' })
    await expect(s3.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
      $metadata: { httpStatusCode: 409 },
    })
    await expect(s3.send(new CreateBucketCommand({ Bucket: 'A_B' }))).rejects.toMatchObject({
      name: 'InvalidBucketName',
    })
    await expect(s3.send(new PutObjectCommand({ Bucket: 'none', Key, Body: 'x' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
      $metadata: { httpStatusCode: 404 },
    })
  })

  it('is not listed', async () => {
    await expect(s3.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({ name: 'NotImplemented' })
  })

  it('survives garbage', () => {
    const { handle, warnings } = localAws()
    const authorization = 'AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/s3/aws4_request'
    handle({ method: 'PUT', path: '/locks', headers: { authorization }, body: '' })
    const headers = { authorization, 'content-encoding': 'aws-chunked', 'x-amz-meta-__proto__': 'x', 'if-match': '"' }
    for (const method of ['GET', 'PUT', 'HEAD', 'DELETE', 'POST', 'X']) {
      for (const path of [
        '/',
        '//',
        '/%FF',
        '/locks/%FF',
        '/locks/__proto__',
        '/__proto__/constructor',
        '/locks?acl',
        '/locks/a?b&c=%FF',
      ]) {
        for (const body of ['', 'x', 'fffffffffff\r\n', '-1\r\n', '3\r\nabc\r\n0\r\n\r\n', '0\r\n']) {
          const { status, body: answer } = handle({ method, path, headers, body })
          expect([200, 204, 304, 400, 404, 412], `${method} ${path} ${answer}`).toContain(status)
        }
      }
    }
    expect(warnings.filter((line) => !/has no operation|is nothing that/.test(line))).toEqual([])
  })

  it('takes a body in chunks, as some SDKs send it', () => {
    const { handle, world } = localAws()
    const headers = {
      authorization: 'AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/s3/aws4_request',
      'content-encoding': 'aws-chunked',
    }
    handle({ method: 'PUT', path: '/locks', headers, body: '' })
    const body = '3;chunk-signature=0\r\nabc\r\n2\r\nde\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n'
    handle({ method: 'PUT', path: '/locks/a', headers, body })
    expect(world.global.s3Buckets['locks']?.objects['a']?.body).toBe('abcde')
  })
})
