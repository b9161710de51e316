"""Signature Version 4, for the one call that the AWS CLI would be too slow for.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timezone


@dataclass(frozen=True)
class Credentials:
    access_key: str
    secret_key: str
    token: str


def headers(
    credentials: Credentials, region: str, host: str, path: str, body: bytes, content_type: str, now: datetime | None = None
) -> dict[str, str]:
    """Of a POST to SageMaker's runtime."""
    moment = (now or datetime.now(timezone.utc)).strftime("%Y%m%dT%H%M%SZ")
    scope = f"{moment[:8]}/{region}/sagemaker/aws4_request"
    signed = {"content-type": content_type, "host": host, "x-amz-date": moment, "x-amz-security-token": credentials.token}
    names = ";".join(signed)
    request = "\n".join(["POST", path, "", *(f"{name}:{value}" for name, value in signed.items()), "", names, _sha256(body)])
    text = "\n".join(["AWS4-HMAC-SHA256", moment, scope, _sha256(request.encode())])
    key = f"AWS4{credentials.secret_key}".encode()
    for part in scope.split("/"):
        key = _hmac(key, part)
    signature = _hmac(key, text).hex()
    authorization = f"AWS4-HMAC-SHA256 Credential={credentials.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**signed, "Authorization": authorization}


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
