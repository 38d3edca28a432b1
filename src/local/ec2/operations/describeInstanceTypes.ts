// Lists instance types. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html
import type {
  DescribeInstanceTypesRequest,
  DescribeInstanceTypesResult,
  InstanceTypeInfo,
  _InstanceType,
} from '@aws-sdk/client-ec2'
import { filtered } from '../../wire/filtered.ts'
import { checkPagesOrNames, pageOf } from '../page.ts'
import { AwsFault } from '../../world/fault.ts'
import { instanceTypeNames, instanceTypeOf } from '../instanceType.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeInstanceTypes: Operation<DescribeInstanceTypesRequest, DescribeInstanceTypesResult> = (
  input,
): Wire<DescribeInstanceTypesResult> => {
  checkPagesOrNames(input.InstanceTypes, 'instanceTypes', input)
  const names = input.InstanceTypes?.length ? input.InstanceTypes : instanceTypeNames
  const missing = names.filter((name) => !instanceTypeOf(name))
  if (missing.length > 0) {
    const message = `The following supplied instance types do not exist: [${missing.join(', ')}]`
    throw new AwsFault('InvalidInstanceType', message)
  }
  const found = filtered([...new Set(names)].map(shown), input.Filters, {
    'instance-type': ({ InstanceType }) => InstanceType,
    'current-generation': ({ CurrentGeneration }) => CurrentGeneration,
    'vcpu-info.default-vcpus': ({ VCpuInfo }) => VCpuInfo.DefaultVCpus,
    'memory-info.size-in-mib': ({ MemoryInfo }) => MemoryInfo.SizeInMiB,
    'processor-info.supported-architecture': ({ ProcessorInfo }) => ProcessorInfo.SupportedArchitectures,
  })
  const { items, nextToken } = pageOf(found, input, { min: 5, max: 100 })
  return { InstanceTypes: items, NextToken: nextToken }
}

function shown(name: _InstanceType) {
  const { vCpus, memory, architecture } = instanceTypeOf(name)!
  return {
    InstanceType: name,
    CurrentGeneration: !name.startsWith('m1.'),
    VCpuInfo: { DefaultVCpus: vCpus },
    MemoryInfo: { SizeInMiB: memory },
    ProcessorInfo: { SupportedArchitectures: [architecture] },
  } satisfies Wire<InstanceTypeInfo>
}
