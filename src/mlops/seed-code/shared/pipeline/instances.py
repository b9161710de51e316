"""Instance types that have disks of their own.

https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
"""

from __future__ import annotations

#: Families with local NVMe storage, which is encrypted by hardware: SageMaker refuses a volume key for them.
LOCAL_STORAGE = (
    "m5d", "m6id", "m6idn", "m6gd", "m7gd", "c5d", "c6id", "c6gd", "c7gd", "r5d", "r6id", "r6gd", "r7gd", "g4dn", "g5", "g6", "g6e", "g7",
    "g7e", "dl1", "p4d", "p4de", "p5", "p5e", "p5en", "p6-b200", "p6-b300", "p6e-gb200", "trn1", "trn1n", "trn2",
)  # fmt: skip


def has_local_storage(instance_type: str) -> bool:
    return instance_type.split(".")[1] in LOCAL_STORAGE
