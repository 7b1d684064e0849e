"""The space of a study: common differences softened, distances still those of one space."""

import numpy as np
import pytest

from qualcode.analysis.similarity import unit
from qualcode.analysis.space import MOST_LOOKED_AT, space_of


def texts(count=60, dimensions=8, seed=0):
    spread = np.array([4, 2] + [0.5] * (dimensions - 2))
    drawn = np.random.default_rng(seed).normal(size=(count, dimensions)) * spread
    return unit((drawn - drawn.mean(axis=0)).astype(np.float32))


def test_the_strongest_direction_is_shortened_most():
    space = space_of(texts())
    strongest = space.axes[np.argmax(space.shortening)]
    assert abs(strongest[0]) > 0.95
    assert space.shortening.max() == pytest.approx(1 - 0.5**0.5, abs=1e-4)


def test_softened_rows_have_unit_length_and_silent_ones_stay_silent():
    rows = np.vstack([texts(), np.zeros((1, 8), dtype=np.float32)])
    softened = space_of(rows).softened(rows)
    assert np.linalg.norm(softened[:-1], axis=1) == pytest.approx(np.ones(60), abs=1e-5)
    assert not softened[-1].any()


def test_few_texts_keep_all_their_differences():
    rows = texts(9)
    assert np.array_equal(space_of(rows).softened(rows), rows)


def test_few_texts_of_many_dimensions_give_what_the_large_table_gives():
    rows = texts(12, 40)
    spread = (rows - rows.mean(axis=0)).astype(np.float64)
    strongest = np.linalg.eigvalsh(spread.T @ spread)[-1]
    along = spread @ space_of(rows).axes.T.astype(np.float64)
    assert np.square(along).sum(axis=0).max() == pytest.approx(strongest, rel=1e-4)


@pytest.mark.parametrize("count", [40, MOST_LOOKED_AT])
def test_the_usual_likeness_to_a_place_needs_no_second_look_at_the_texts(count):
    rows = texts(count)
    space = space_of(rows)
    places = texts(3, seed=5)
    likeness = space.softened(rows) @ places.T
    means, deviations = space.usual(places)
    assert means == pytest.approx(likeness.mean(axis=0), abs=1e-4)
    assert deviations == pytest.approx(likeness.std(axis=0), abs=1e-4)


def test_identical_texts_and_no_texts_have_a_space_too():
    same = np.repeat(texts(1), 20, axis=0)
    assert np.array_equal(space_of(same).softened(same), same)
    assert space_of(np.zeros((0, 8), dtype=np.float32)).axes.shape == (0, 8)
