"""The cache of messages keeps, refers and drops as the browser's does."""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.bench.message_cache import CacheMiss, MessageCache


def cacheable(key: str, fragment_id: str = "") -> ForwardMsg:
    message = ForwardMsg(hash=key)
    message.metadata.cacheable = True
    message.delta.fragment_id = fragment_id
    return message


def test_only_cacheable_messages_are_kept():
    cache = MessageCache()
    cache.receive(cacheable("large"))
    cache.receive(ForwardMsg(hash="small"))
    assert cache.hashes() == ["large"]


def test_a_message_unused_for_more_than_the_age_is_dropped():
    cache = MessageCache()
    cache.receive(cacheable("large"))
    for _ in range(2):
        cache.finish_run(2, [])
    assert cache.hashes() == ["large"]
    cache.finish_run(2, [])
    assert cache.hashes() == []


def test_a_reference_keeps_a_message_longer():
    cache = MessageCache()
    cache.receive(cacheable("large"))
    cache.finish_run(2, [])
    cache.finish_run(2, [])
    cache.receive(ForwardMsg(ref_hash="large"))
    cache.finish_run(2, [])
    assert cache.hashes() == ["large"]


def test_the_run_of_a_fragment_ages_its_own_messages_only():
    cache = MessageCache()
    cache.receive(cacheable("of the page"))
    cache.receive(cacheable("of the fragment", "part"))
    for _ in range(3):
        cache.finish_run(2, ["part"])
    assert cache.hashes() == ["of the page"]


def test_a_reference_to_a_dropped_message_is_an_error():
    with pytest.raises(CacheMiss):
        MessageCache().receive(ForwardMsg(ref_hash="large"))
