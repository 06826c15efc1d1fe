#include "model/random.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <vector>

#include "tests/model/statistics.hpp"

using namespace lastunit::model;

static_assert(std::uniform_random_bit_generator<Stream>);

namespace {

std::vector<std::uint32_t> as_vector(const Words& words) { return {words.w, words.w + 4}; }

}  // namespace

TEST_CASE("philox: gives the known answers of Random123") {
    CHECK(as_vector(philox_words({{0, 0, 0, 0}}, 0)) ==
          std::vector<std::uint32_t>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    CHECK(as_vector(philox_words({{~0U, ~0U, ~0U, ~0U}}, ~std::uint64_t{0})) ==
          std::vector<std::uint32_t>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(as_vector(philox_words({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, 0x299f31d0a4093822)) ==
          std::vector<std::uint32_t>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("philox: the counter is entity, index, purpose and the key is the seed") {
    const std::uint64_t entity = 4711 | (std::uint64_t{1} << 32);
    const std::uint64_t seed = 42 | (std::uint64_t{7} << 32);
    // Computed with an independent implementation of the cipher.
    CHECK(as_vector(philox(seed, Purpose::patience, entity, 3)) ==
          std::vector<std::uint32_t>{0x5f0e8bbf, 0xd067234c, 0x4987dfdf, 0xb202757f});
    CHECK(uniform(seed, Purpose::patience, entity, 3) == 0.3713157027526931);
}

TEST_CASE("purpose: numbers never move, because fingerprints are made of them") {
    CHECK(static_cast<int>(Purpose::arrival) == 1);
    CHECK(static_cast<int>(Purpose::patience) == 6);
    CHECK(static_cast<int>(Purpose::edge_latency) == 18);
    CHECK(static_cast<int>(Purpose::substitute) == 29);
}

TEST_CASE("philox: no two draws of one seed coincide") {
    std::set<std::vector<std::uint32_t>> seen;
    for (const Purpose purpose : {Purpose::arrival, Purpose::persona, Purpose::basket})
        for (std::uint64_t entity = 0; entity < 20; ++entity)
            for (const std::uint64_t high : {std::uint64_t{0}, std::uint64_t{1} << 40})
                for (std::uint32_t index = 0; index < 20; ++index)
                    seen.insert(as_vector(philox(9, purpose, entity | high, index)));
    CHECK(seen.size() == 3 * 20 * 2 * 20);
}

TEST_CASE("uniform: stays inside (0, 1) and is uniform over entities, indices and seeds") {
    std::vector<double> by_entity, by_index, by_seed;
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        by_entity.push_back(uniform(1, Purpose::browse, i));
        by_index.push_back(uniform(1, Purpose::browse, 5, i));
        by_seed.push_back(uniform(i, Purpose::browse, 5));
    }
    for (const auto& sample : {by_entity, by_index, by_seed}) {
        CHECK(*std::min_element(sample.begin(), sample.end()) > 0);
        CHECK(*std::max_element(sample.begin(), sample.end()) < 1);
        CHECK(lastunit::test::kolmogorov(sample) < 1.95);
    }
}

TEST_CASE("stream: is the words of its draws in order") {
    Stream stream(3, Purpose::arrival, 8);
    for (std::uint32_t index = 0; index < 3; ++index)
        for (const std::uint32_t word : as_vector(philox(3, Purpose::arrival, 8, index))) CHECK(stream() == word);
}

TEST_CASE("stream: its first uniform is the entity's draw") {
    CHECK(Stream(3, Purpose::arrival, 8).uniform() == uniform(3, Purpose::arrival, 8, 0));
}

TEST_CASE("stream: uniforms are uniform and not correlated with their successors") {
    Stream stream(11, Purpose::property, 0);
    std::vector<double> sample;
    double product = 0;
    for (int i = 0; i < 50'000; ++i) {
        sample.push_back(stream.uniform());
        if (i > 0) product += (sample[sample.size() - 2] - 0.5) * (sample.back() - 0.5);
    }
    CHECK(lastunit::test::kolmogorov(sample) < 1.95);
    CHECK(std::abs(product * 12 / std::sqrt(50'000.0)) < 4);
}
