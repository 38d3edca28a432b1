// The REST XML protocol as S3 speaks it: bodies are objects, and what is said of them stands in headers.
import { AwsFault } from '../../world/fault.ts'
import type { Unchecked } from '../../world/operation.ts'
import { credentialScope } from '../dialect.ts'
import type { Dialect, Request } from '../dialect.ts'
import { escapeXml } from './xml.ts'

/** The operations of a bucket and of an object, by method. */
const ofBucket: Readonly<Record<string, string>> = { PUT: 'CreateBucket', HEAD: 'HeadBucket' }
const ofObject: Readonly<Record<string, string>> = {
  PUT: 'PutObject',
  GET: 'GetObject',
  HEAD: 'HeadObject',
  DELETE: 'DeleteObject',
}

/** What is read from headers, and what is answered in them. */
const read = { IfMatch: 'if-match', IfNoneMatch: 'if-none-match', ContentType: 'content-type' } as const
const told = {
  ETag: 'etag',
  ContentType: 'content-type',
  Location: 'location',
  BucketRegion: 'x-amz-bucket-region',
} as const

const metadataPrefix = 'x-amz-meta-'
const codes: Readonly<Record<string, string>> = {
  ThrottlingException: 'SlowDown',
  UnknownOperationException: 'NotImplemented',
  ValidationException: 'InvalidRequest',
  SerializationException: 'InvalidRequest',
  InternalFailure: 'InternalError',
}

/** Buckets are named in the path; the signature says that it is S3. The query only asks for other operations. */
export const s3: Dialect = {
  read(request) {
    if (credentialScope(request).service !== 's3') return undefined
    const { method } = request
    const [path = '', query = ''] = request.path.split(/\?(.*)/s)
    const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? []
    const others = [...new URLSearchParams(query).keys()].filter((name) => name !== 'x-id')
    const operation = others.length > 0 || bucket === '' ? undefined : (key === '' ? ofBucket : ofObject)[method]
    if (operation === undefined) return { service: 's3', operation: `${method} ${request.path}`, input: () => ({}) }
    return { service: 's3', operation, input: () => inputOf(request, operation, decoded(bucket), decoded(key)) }
  },

  answer(call, output, requestId) {
    const { Body, LastModified, Date: at, ContentLength, Metadata } = output
    const dates = Object.entries({ 'last-modified': LastModified, date: at }).flatMap(([name, seconds]) =>
      seconds === undefined ? [] : [[name, new Date(Number(seconds) * 1000).toUTCString()]],
    )
    const headers = Object.entries(told).flatMap(([member, name]) => {
      const value: unknown = output[member]
      return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : []
    })
    const metadata = Object.entries(Metadata ?? {}).map(([name, value]) => [`${metadataPrefix}${name}`, String(value)])
    const isHead = call?.operation === 'HeadObject'
    return {
      status: call?.operation === 'DeleteObject' ? 204 : 200,
      headers: {
        ...Object.fromEntries([...headers, ...metadata, ...dates]),
        ...(isHead && { 'content-length': String(ContentLength) }),
        'x-amz-request-id': requestId,
      },
      body: typeof Body === 'string' ? Body : '',
    }
  },

  refuse(call, { code, message, status }, requestId) {
    const isHead = call?.operation.startsWith('Head') === true
    const inside = `<Code>${escapeXml(codes[code] ?? code)}</Code><Message>${escapeXml(message)}</Message>`
    const document = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inside}<RequestId>${requestId}</RequestId></Error>`
    const body = isHead || status === 304 ? '' : document
    return { status, headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId }, body }
  },
}

function inputOf({ headers, body }: Request, operation: string, Bucket: string, Key: string): Unchecked {
  if (operation.endsWith('Bucket')) return { Bucket }
  const given = Object.entries(read).flatMap(([member, name]) =>
    headers[name] === undefined || (member === 'ContentType' && operation !== 'PutObject')
      ? []
      : [[member, headers[name]]],
  )
  const conditions = Object.fromEntries(given)
  if (operation !== 'PutObject') return { Bucket, Key, ...conditions }
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith(metadataPrefix))
  const Metadata = Object.fromEntries(metadata.map(([name, value]) => [name.slice(metadataPrefix.length), value]))
  return {
    Bucket,
    Key,
    ...conditions,
    Metadata,
    Body: headers['content-encoding'] === 'aws-chunked' ? unchunked(body) : body,
  }
}

/** The chunks that an SDK cuts a body into whose length or checksum it does not know beforehand. */
function unchunked(body: string): string {
  const bytes = Buffer.from(body)
  const chunks: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\r\n', at)
    const size = Number.parseInt(bytes.subarray(at, end).toString(), 16)
    if (end === -1 || !(size > 0)) break
    chunks.push(bytes.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
  return Buffer.concat(chunks).toString()
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new AwsFault('SerializationException', `The path has a part that cannot be decoded: ${text}`)
  }
}
