// The types of what goes over the wire, made of the SDK's own.

/** What has come in and nobody has checked yet: no type can promise what is in it. */
export type Unchecked = Record<string, any>

/** What goes out, for whoever writes it member by member: any operation's output. */
export type Output = Readonly<Record<string, unknown>>

/**
 * Plain JSON, as it is on the wire: times are epoch seconds, blobs are base64, absent members are absent. `Wire<T>` is a type
 * of the SDK as it is there: what the SDK types `string | undefined` because a caller might leave it out is there once the
 * check of the input has passed.
 */
export type Wire<T> = OnWire<T>

/** The same members, of which none has to be there. */
export type Loosely<T> = { [Member in keyof T]?: T[Member] | undefined }

type OnWire<T> = 0 extends 1 & T
  ? any
  : T extends Date
    ? number
    : T extends Uint8Array
      ? string
      : T extends readonly (infer Element)[]
        ? OnWire<Element>[]
        : T extends object
          ? { [Member in keyof T]: OnWireMember<T, Member> }
          : T

/** An optional member may be undefined, which is written as if it were absent; what a map holds is there. */
type OnWireMember<T, Member extends keyof T> = string extends Member
  ? OnWire<T[Member]>
  : {} extends Pick<T, Member>
    ? OnWire<Exclude<T[Member], undefined>> | undefined
    : OnWire<Exclude<T[Member], undefined>>
